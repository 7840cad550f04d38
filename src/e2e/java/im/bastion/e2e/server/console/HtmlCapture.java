// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** Keeps what a page writes when it is HTML and lets everything else, such as an event stream, through as it comes. */
public final class HtmlCapture extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private PrintWriter writer;
    private boolean capturing;

    HtmlCapture(HttpServletResponse response) {
        super(response);
    }

    /** The page, or null when it was no HTML. */
    String page() {
        if (!capturing) {
            return null;
        }
        if (writer != null) {
            writer.flush();
        }
        return kept.toString(charset());
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (!isHtml()) {
            return super.getOutputStream();
        }
        capturing = true;
        return new Kept(kept);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (!isHtml()) {
            return super.getWriter();
        }
        capturing = true;
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(kept, charset()));
        }
        return writer;
    }

    @Override
    public void setContentLength(int length) {
        if (!isHtml()) {
            super.setContentLength(length);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        if (!capturing) {
            super.flushBuffer();
        }
    }

    private boolean isHtml() {
        String type = getContentType();
        return type != null && type.startsWith("text/html");
    }

    private Charset charset() {
        String type = getContentType();
        return type.contains("charset=") ? Charset.forName(getCharacterEncoding()) : StandardCharsets.UTF_8;
    }

    /** A servlet's view of the bytes kept. */
    private static final class Kept extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        private Kept(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("pages are written at once");
        }
    }
}
