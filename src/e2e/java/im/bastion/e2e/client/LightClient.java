// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.e2e.server.OpenfireServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import java.util.Base64;

/**
 * A client of one socket and no thread, so that there can be a thousand: logs in with PLAIN in clear text, sends what it is
 * told and reads as far as it is asked to. Not thread-safe.
 */
public final class LightClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int MAX_READ = 1 << 22;

    private final Socket socket;
    private final Reader in;

    private LightClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Logs in and binds the resource; sends no presence. */
    public static LightClient connect(OpenfireServer server, String user, String password, String resource)
            throws IOException {
        Socket socket = new Socket(server.options().address(), server.ports().client());
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            LightClient client = new LightClient(socket);
            String open = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' to='" + server.domain() + "'>";
            client.send(open);
            client.readTo("</stream:features>");
            String credentials = Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(UTF_8));
            client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + credentials + "</auth>");
            client.readTo("<success");
            client.send(open);
            client.readTo("</stream:features>");
            client.send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                    + "</resource></bind></iq>");
            client.readTo("</bind>");
            client.send("<iq type='set' id='session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
            client.answer("session");
            return client;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends the XML as it is. */
    public void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(UTF_8));
    }

    /** Reads on until the answer to the request of that id has begun; whether it is a result. */
    public boolean answer(String id) throws IOException {
        String tag = readTo(">");
        while (!(tag.contains("<iq ") && tag.contains("id=\"" + id + "\""))) {
            tag = readTo(">");
        }
        return tag.contains("type=\"result\"");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What comes up to and with that end, which has not been read before. */
    private String readTo(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < end.length() || read.indexOf(end, read.length() - end.length()) < 0) {
            int next = in.read();
            if (next < 0 || read.length() > MAX_READ) {
                throw new IOException("No " + end + " in " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }
}
