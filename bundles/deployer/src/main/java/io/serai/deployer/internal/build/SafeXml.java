package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML that somebody dropped. Document types are refused: they can read files, call hosts and fill the memory
 * (OWASP, XML External Entity Prevention).
 */
final class SafeXml {
    private SafeXml() {}

    /** Sees the start of an element. */
    interface ElementVisitor {
        /** Looks at the element the reader stands on; returns whether to read on. */
        boolean visit(XMLStreamReader reader) throws XMLStreamException;
    }

    /**
     * Reads from the start until the visitor has enough, or the end.
     *
     * @throws DeploymentException {@code INVALID} with line and column if it is not well-formed, {@code IO} if it cannot
     *     be read
     */
    static void read(StatePath path, Content content, ElementVisitor visitor) throws DeploymentException {
        try (InputStream in = content.open()) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            boolean more = true;
            while (more && reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw invalid(path, reader, "it has a document type, which is not allowed; remove <!DOCTYPE>");
                }
                more = event != XMLStreamConstants.START_ELEMENT || visitor.visit(reader);
            }
        } catch (XMLStreamException e) {
            throw new DeploymentException(
                    Reason.INVALID, position(path, e) + words(e), String.valueOf(e.getMessage()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new DeploymentException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Returns the name of the root element. */
    static QName root(StatePath path, Content content) throws DeploymentException {
        QName[] root = new QName[1];
        read(path, content, reader -> {
            root[0] = reader.getName();
            return false;
        });
        return root[0];
    }

    static DeploymentException invalid(StatePath path, XMLStreamReader reader, String why) {
        String position = path.fileName() + ':' + reader.getLocation().getLineNumber() + ':'
                + reader.getLocation().getColumnNumber() + ": ";
        return new DeploymentException(Reason.INVALID, position + why, null);
    }

    /** The JDK's own parser, whatever else is installed: its limits are known. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static String position(StatePath path, XMLStreamException e) {
        return e.getLocation() == null
                ? path.fileName() + ": "
                : path.fileName() + ':' + e.getLocation().getLineNumber() + ':'
                        + e.getLocation().getColumnNumber() + ": ";
    }

    /** The parser puts its own form of the position in front. */
    private static String words(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("Message: ");
        return start < 0 ? message : message.substring(start + "Message: ".length());
    }
}
