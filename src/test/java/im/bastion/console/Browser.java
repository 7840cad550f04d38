// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.servlet.ServletException;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** Asks a servlet as a browser with one login session would. */
final class Browser {
    /** What came back. */
    record Answer(int status, String html, String location, Map<String, String> headers) {}

    private final Map<String, Object> attributes = new HashMap<>();
    private final HttpSession session = mock(HttpSession.class);
    private final String user;

    /** @param user the logged-in admin, or null */
    Browser(String user) {
        this.user = user;
        when(session.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
    }

    Answer get(HttpServlet page, Map<String, String> parameters) {
        return ask("GET", page, query(parameters), parameters);
    }

    /** Sends a form with the token that the session's pages carry. */
    Answer post(HttpServlet page, Map<String, String> fields) {
        return post(page, null, fields);
    }

    /** The same, to the page's address with that query. */
    Answer post(HttpServlet page, String query, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("csrf", Csrf.token(request("GET", null, Map.of())));
        return ask("POST", page, query, all);
    }

    Answer postWithoutToken(HttpServlet page, Map<String, String> fields) {
        return ask("POST", page, null, fields);
    }

    private Answer ask(String method, HttpServlet page, String query, Map<String, String> parameters) {
        HttpServletResponse response = mock(HttpServletResponse.class);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, String> headers = new HashMap<>();
        int[] status = {200};
        String[] location = {null};
        try {
            when(response.getOutputStream()).thenReturn(into(body));
            doAnswer(call -> location[0] = call.getArgument(0)).when(response).sendRedirect(anyString());
            doAnswer(call -> status[0] = call.<Integer>getArgument(0))
                    .when(response)
                    .sendError(anyInt());
            doAnswer(call -> status[0] = call.<Integer>getArgument(0))
                    .when(response)
                    .setStatus(anyInt());
            doAnswer(call -> headers.put(call.getArgument(0), call.getArgument(1)))
                    .when(response)
                    .setHeader(anyString(), anyString());
            doAnswer(call -> headers.put("Content-Type", call.getArgument(0)))
                    .when(response)
                    .setContentType(anyString());
            page.service(request(method, query, parameters), response);
        } catch (ServletException | IOException e) {
            throw new AssertionError(e);
        }
        return new Answer(status[0], body.toString(StandardCharsets.UTF_8), location[0], headers);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8)
                        + '='
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpServletRequest request(String method, String query, Map<String, String> parameters) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn(method);
        when(request.getQueryString()).thenReturn(query);
        when(request.getRemoteUser()).thenReturn(user);
        when(request.getLocale()).thenReturn(Locale.ENGLISH);
        when(request.getSession()).thenReturn(session);
        when(request.getSession(anyBoolean())).thenReturn(session);
        when(request.getParameter(anyString())).thenAnswer(call -> parameters.get(call.<String>getArgument(0)));
        return request;
    }

    private static ServletOutputStream into(ByteArrayOutputStream body) {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                body.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
