// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.StreamFeatures;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the stream of a receiving server: its header, its features, and then one element after the other. Not a byte more than
 * that is taken from the connection, so that what follows {@code <proceed/>} is the TLS handshake. Takes at most
 * {@value #MAX_ELEMENTS} elements within each other or after each other before the one that is looked for; no document type,
 * no entities.
 */
final class StreamReader {
    private static final String STREAM = "http://etherx.jabber.org/streams";
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String DIALBACK = "jabber:server:dialback";
    private static final String DIALBACK_FEATURE = "urn:xmpp:features:dialback";
    private static final int MAX_ELEMENTS = 500;
    private static final int MAX_MECHANISMS = 20;
    private static final int MAX_TEXT = 100;
    private static final int MAX_BYTES = 128 * 1024;

    /** The platform's own: whatever else is on the host's class path may read ahead. */
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    }

    /** An element's name and the attributes that a test looks at. */
    record Element(String namespace, String name, String type, String id) {
        boolean is(String otherNamespace, String otherName) {
            return namespace.equals(otherNamespace) && name.equals(otherName);
        }
    }

    private final XMLStreamReader xml;
    private boolean declaresDialback;
    private int elements;

    /** @throws IOException when it is no XML from the beginning */
    StreamReader(InputStream in) throws IOException {
        try {
            xml = XML.createXMLStreamReader(new SingleBytes(in));
        } catch (XMLStreamException e) {
            throw fault(e);
        }
    }

    /** Reads the header and the features that follow it. */
    StreamFeatures open() throws IOException {
        try {
            if (xml.nextTag() != XMLStreamReader.START_ELEMENT || !xml.getName().equals(new QName(STREAM, "stream"))) {
                throw new IOException("it sent no XML stream");
            }
            declaresDialback = DIALBACK.equals(xml.getNamespaceURI("db"));
            if (xml.getAttributeValue(null, "version") == null) {
                return new StreamFeatures(Starttls.ABSENT, List.of(), declaresDialback);
            }
            Element first = child();
            if (first.is(STREAM, "error")) {
                throw new IOException("it ended the stream: " + condition());
            }
            if (!first.is(STREAM, "features")) {
                throw new IOException("it sent something else than stream features");
            }
            return features();
        } catch (XMLStreamException | RuntimeException e) {
            throw fault(e);
        }
    }

    /** The next element of the stream; of its content nothing is kept. */
    Element next() throws IOException {
        try {
            Element element = child();
            if (element.is(STREAM, "error")) {
                throw new IOException("it ended the stream: " + condition());
            }
            skip();
            return element;
        } catch (XMLStreamException | RuntimeException e) {
            throw fault(e);
        }
    }

    private StreamFeatures features() throws XMLStreamException, IOException {
        Starttls starttls = Starttls.ABSENT;
        List<String> mechanisms = new ArrayList<>();
        boolean dialback = declaresDialback;
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamReader.START_ELEMENT) {
                Element element = element();
                depth++;
                if (element.is(TLS, "starttls")) {
                    starttls = Starttls.OFFERED;
                } else if (element.is(TLS, "required")) {
                    starttls = Starttls.REQUIRED;
                } else if (element.is(DIALBACK_FEATURE, "dialback")) {
                    dialback = true;
                } else if (element.is(SASL, "mechanism")) {
                    mechanisms.add(text());
                    depth--;
                }
            }
        }
        return new StreamFeatures(
                starttls, mechanisms.stream().limit(MAX_MECHANISMS).toList(), dialback);
    }

    private Element child() throws XMLStreamException, IOException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    return element();
                }
                case XMLStreamReader.END_ELEMENT, XMLStreamReader.END_DOCUMENT ->
                    throw new IOException("it ended the stream");
                default -> count();
            }
        }
    }

    /** Of a stream error, its first child's name (RFC 6120 §4.9.2). */
    private String condition() throws XMLStreamException, IOException {
        return cut(child().name());
    }

    private Element element() throws IOException {
        count();
        return new Element(
                xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI(),
                xml.getLocalName(),
                attribute("type"),
                attribute("id"));
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private String text() throws XMLStreamException {
        return cut(xml.getElementText().strip());
    }

    private void skip() throws XMLStreamException, IOException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            count();
            depth += event == XMLStreamReader.START_ELEMENT ? 1 : event == XMLStreamReader.END_ELEMENT ? -1 : 0;
        }
    }

    private void count() throws IOException {
        elements++;
        if (elements > MAX_ELEMENTS) {
            throw new IOException("it sent more than " + MAX_ELEMENTS + " elements");
        }
    }

    private static String cut(String text) {
        String clean = text.replaceAll("\\p{C}", "\uFFFD");
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT - 1) + "…";
    }

    /** The parser wraps what the connection threw. */
    private static IOException fault(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
            if (cause instanceof XMLStreamException xml && xml.getNestedException() instanceof IOException io) {
                return io;
            }
        }
        return new IOException("it sent what is no XML", e);
    }

    /** Hands out one byte at a time, and {@value #MAX_BYTES} in all. */
    private static final class SingleBytes extends InputStream {
        private final InputStream in;
        private int left = MAX_BYTES;

        SingleBytes(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                throw new IOException("it sent more than " + MAX_BYTES + " bytes");
            }
            left--;
            int read = in.read();
            if (read < 0) {
                throw new IOException("it closed the connection");
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            buffer[offset] = (byte) read();
            return 1;
        }
    }
}
