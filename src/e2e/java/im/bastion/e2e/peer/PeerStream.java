// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The pieces of an XML stream as text, each read when it is complete; just enough XML for a script. One thread. */
final class PeerStream implements AutoCloseable {
    private static final int MAX_PIECE = 1 << 20;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final Pattern NAME = Pattern.compile("\\s*<([?/]?[\\w:-]+)");

    private final StringBuilder text = new StringBuilder();
    private final byte[] bytes = new byte[8192];
    private Socket socket;

    PeerStream(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    boolean isEncrypted() {
        return socket instanceof SSLSocket;
    }

    void write(String xml) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next element, or start or end tag of the stream; null when the other side has ended. */
    String read() throws IOException {
        while (true) {
            int end = end();
            if (end > 0) {
                String piece = text.substring(0, end).strip();
                text.delete(0, end);
                if (!piece.startsWith("<?")) {
                    return piece;
                }
            } else if (!fill()) {
                return null;
            }
        }
    }

    /** Waits for the first bytes of whatever comes next and throws them away. */
    void swallow() throws IOException {
        int ignored = socket.getInputStream().read(bytes);
        if (ignored < 0) {
            throw new IOException("ended");
        }
    }

    /** Reads to the end, only counting how often that ASCII text, whose first character it holds once, comes by. */
    void count(String end, AtomicLong times) throws IOException {
        byte[] wanted = end.getBytes(StandardCharsets.US_ASCII);
        InputStream in = socket.getInputStream();
        int matched = 0;
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            int found = 0;
            for (int i = 0; i < count; i++) {
                matched = bytes[i] == wanted[matched] ? matched + 1 : bytes[i] == wanted[0] ? 1 : 0;
                if (matched == wanted.length) {
                    matched = 0;
                    found++;
                }
            }
            times.addAndGet(found);
        }
    }

    void startTls(SSLContext context, boolean client) throws IOException {
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, "peer", 0, true);
        encrypted.setUseClientMode(client);
        if (!client) {
            encrypted.setWantClientAuth(true);
        }
        encrypted.startHandshake();
        socket = encrypted;
        text.setLength(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Where the first complete piece ends, or 0. */
    private int end() {
        Matcher name = NAME.matcher(text);
        int tagEnd = text.indexOf(">") + 1;
        if (!name.lookingAt() || tagEnd == 0) {
            return 0;
        }
        boolean alone = name.group(1).startsWith("?")
                || name.group(1).startsWith("/")
                || name.group(1).equals("stream:stream")
                || text.charAt(tagEnd - 2) == '/';
        if (alone) {
            return tagEnd;
        }
        String endTag = "</" + name.group(1) + ">";
        int close = text.indexOf(endTag);
        return close < 0 ? 0 : close + endTag.length();
    }

    private boolean fill() throws IOException {
        InputStream in = socket.getInputStream();
        int count = in.read(bytes);
        if (count < 0) {
            return false;
        }
        text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        if (text.length() > MAX_PIECE) {
            throw new IOException("more than " + MAX_PIECE + " characters in one piece");
        }
        return true;
    }

    /** The value of an attribute in a piece's first tag, or "". */
    static String attribute(String piece, String name) {
        Matcher found = Pattern.compile("^[^>]*\\s" + name + "=['\"]([^'\"]*)['\"]", Pattern.DOTALL)
                .matcher(piece);
        return found.find() ? found.group(1) : "";
    }
}
