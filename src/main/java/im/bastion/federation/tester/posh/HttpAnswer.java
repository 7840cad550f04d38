// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.posh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer to a request of HTTP/1.0, which knows no chunks (RFC 9112 §6.1). At most {@value #MAX_HEAD} bytes of head and
 * {@value #MAX_BODY} of body.
 *
 * @param location empty when there is none
 */
record HttpAnswer(int status, String location, String body) {
    private static final int MAX_HEAD = 8 * 1024;
    private static final int MAX_BODY = 64 * 1024;

    /** @throws IOException says what is wrong with it */
    static HttpAnswer read(InputStream in) throws IOException {
        String head = head(in);
        String[] lines = head.split("\r?\n", -1);
        String[] status = lines[0].split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5]\\d\\d")) {
            throw new IOException("it sent what is no HTTP");
        }
        String location = "";
        long length = -1;
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "location" -> location = value;
                case "content-length" -> length = length(value);
                case "transfer-encoding" -> throw new IOException("it sent chunks to a client that takes none");
                default -> {
                    // The others say nothing that matters here.
                }
            }
        }
        return new HttpAnswer(Integer.parseInt(status[1]), location, body(in, length));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\n\r\n", Math.max(0, head.length() - 3)) < 0
                && head.indexOf("\n\n", Math.max(0, head.length() - 2)) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("it closed the connection before its answer was complete");
            }
            head.append((char) read);
            if (head.length() > MAX_HEAD) {
                throw new IOException("its head has more than " + MAX_HEAD + " bytes");
            }
        }
        return head.toString();
    }

    private static long length(String value) throws IOException {
        if (!value.matches("\\d{1,15}")) {
            throw new IOException("it sent a length that is no number");
        }
        return Long.parseLong(value);
    }

    private static String body(InputStream in, long length) throws IOException {
        if (length > MAX_BODY) {
            throw new IOException("it has more than " + MAX_BODY + " bytes");
        }
        byte[] body = in.readNBytes(length < 0 ? MAX_BODY + 1 : (int) length);
        if (body.length > MAX_BODY) {
            throw new IOException("it has more than " + MAX_BODY + " bytes");
        }
        if (body.length < length) {
            throw new EOFException("it closed the connection before its answer was complete");
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
