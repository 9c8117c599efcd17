package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the packages of the types that a Blueprint file names. */
final class BlueprintTypes {
    /** The attributes that name types, by element (OSGi Compendium, Blueprint schema). */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "bean", Set.of("class"),
            "argument", Set.of("type"),
            "value", Set.of("type"),
            "service", Set.of("interface"),
            "reference", Set.of("interface"),
            "reference-list", Set.of("interface"),
            "map", Set.of("key-type", "value-type"),
            "list", Set.of("value-type"),
            "set", Set.of("value-type"),
            "array", Set.of("value-type"));

    /** What is left of {@code java.util.List<com.acme.Part>[]} when it is split here are class names. */
    private static final Pattern NO_NAME = Pattern.compile("[^\\w.$]+");

    private final Set<String> packages = new TreeSet<>();
    private boolean inInterfaces;

    private BlueprintTypes() {}

    /** Returns the packages, without java.*; the whole file is checked to be well-formed. */
    static Set<String> packages(StatePath path, Content content) throws DeploymentException {
        if (XmlKind.of(path, content) != XmlKind.BLUEPRINT) {
            String message = path.fileName() + " is a feature repository, not a Blueprint file";
            throw new DeploymentException(Reason.INVALID, message, null);
        }
        BlueprintTypes types = new BlueprintTypes();
        SafeXml.read(path, content, types::visit);
        return types.packages;
    }

    private boolean visit(XMLStreamReader reader) throws XMLStreamException {
        if (!XmlKind.BLUEPRINT_NAMESPACE.equals(reader.getNamespaceURI())) {
            return true;
        }
        String element = reader.getLocalName();
        for (String attribute : ATTRIBUTES.getOrDefault(element, Set.of())) {
            String value = reader.getAttributeValue(null, attribute);
            if (value != null) {
                add(value);
            }
        }
        inInterfaces = element.equals("interfaces") || (inInterfaces && element.equals("value"));
        if (inInterfaces && element.equals("value")) {
            add(reader.getElementText());
        }
        return true;
    }

    private void add(String type) {
        if (type.contains("${")) {
            return; // What a placeholder stands for is not known yet; the dynamic import covers it.
        }
        for (String name : NO_NAME.split(type.strip(), -1)) {
            int dot = name.lastIndexOf('.');
            if (dot > 0 && !name.startsWith("java.")) {
                packages.add(name.substring(0, dot));
            }
        }
    }
}
