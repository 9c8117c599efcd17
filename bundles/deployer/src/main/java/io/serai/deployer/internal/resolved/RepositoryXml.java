package io.serai.deployer.internal.resolved;

import io.serai.api.deploy.DeploymentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Replaces the URIs in a feature repository. */
final class RepositoryXml {
    private static final String REPOSITORY = "repository";
    private static final Set<String> ARTIFACTS = Set.of("bundle", "configfile", "library");
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private RepositoryXml() {}

    /** Says by what a URI is replaced; by itself, if it is not. */
    interface Replacement {
        String repository(String uri) throws DeploymentException;

        String artifact(String uri) throws DeploymentException;
    }

    /**
     * Returns the repository with other URIs; empty if none has to be replaced.
     *
     * @throws IOException if it is no XML
     */
    static Optional<byte[]> rewrite(byte[] xml, Replacement replacement) throws IOException, DeploymentException {
        Document document = parse(xml);
        NodeList elements = document.getElementsByTagNameNS("*", "*");
        boolean changed = false;
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String before = element.getTextContent().trim();
            String after = replaced(element, before, replacement);
            if (!after.equals(before)) {
                element.setTextContent(after);
                changed = true;
            }
        }
        return changed ? Optional.of(write(document)) : Optional.empty();
    }

    private static String replaced(Element element, String uri, Replacement replacement) throws DeploymentException {
        String name = element.getLocalName();
        if (name.equals(REPOSITORY)) {
            return replacement.repository(uri);
        }
        boolean external = name.equals("config") && Boolean.parseBoolean(element.getAttribute("external"));
        return external || ARTIFACTS.contains(name) ? replacement.artifact(uri) : uri;
    }

    // the JDK's own, whatever else is installed, so that all nodes write the same
    private static Document parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // the default one prints
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] write(Document document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(bytes));
        } catch (TransformerException e) {
            throw new IOException(e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
