// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Puts the frame around every HTML page but the login. */
public final class FrameFilter implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest page = (HttpServletRequest) request;
        if (page.getRequestURI().endsWith("/login.jsp")) {
            chain.doFilter(request, response);
            return;
        }
        HtmlCapture capture = new HtmlCapture((HttpServletResponse) response);
        chain.doFilter(request, capture);
        String html = capture.page();
        if (html != null && !response.isCommitted()) {
            byte[] framed = Frame.around(page, html).getBytes(StandardCharsets.UTF_8);
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(framed.length);
            response.getOutputStream().write(framed);
        }
    }

    @Override
    public void destroy() {}
}
