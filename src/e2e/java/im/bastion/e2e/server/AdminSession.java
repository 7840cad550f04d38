// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An admin's visit to the console over HTTP: cookies, redirects and the console's protection of forms. */
public final class AdminSession {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI console;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(LIMIT)
            .build();

    /** A visit of somebody who has not logged in. */
    public AdminSession(URI console) {
        this.console = console;
    }

    /** Logs in; fails when the console still shows its login page afterwards. */
    public AdminSession login(String username, String password) throws IOException {
        Page form = get("login.jsp");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("login", "true");
        fields.put("csrf", form.field("csrf"));
        fields.put("username", username);
        fields.put("password", password);
        Page landed = post("login.jsp", fields);
        if (landed.status() != 200 || landed.uri().getPath().endsWith("/login.jsp")) {
            throw new IOException("login as " + username + " failed: " + landed.status() + " at " + landed.uri());
        }
        return this;
    }

    /** The page at that path below the console's root, after redirects. */
    public Page get(String path) throws IOException {
        return send(HttpRequest.newBuilder(console.resolve(path)).GET());
    }

    /** Sends a form and returns the page it leads to. */
    public Page post(String path, Map<String, String> fields) throws IOException {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(console.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Uploads a plugin through the form of the page "Plugins". */
    public void upload(Path jar) throws IOException {
        String boundary = "bastion-upload-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"uploadfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        Files.copy(jar, body);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        String token = get("plugin-admin.jsp").field("csrf");
        Page landed =
                send(HttpRequest.newBuilder(console.resolve("plugin-admin.jsp?uploadplugin&csrf=" + encoded(token)))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        expect(landed, "uploadsuccess=true");
    }

    /** Presses a plugin's button "Reload". */
    public void reload(String plugin) throws IOException {
        expect(pluginForm("reloadplugin", plugin), "reloadsuccess=true");
    }

    /** Presses a plugin's button "Delete". */
    public void delete(String plugin) throws IOException {
        expect(pluginForm("deleteplugin", plugin), "deletesuccess=true");
    }

    /** The cookies of this visit, for a browser that takes over. */
    public Map<String, String> cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .collect(Collectors.toMap(cookie -> cookie.getName(), cookie -> cookie.getValue(), (a, b) -> b));
    }

    private Page pluginForm(String action, String plugin) throws IOException {
        String token = get("plugin-admin.jsp").field("csrf");
        return post("plugin-admin.jsp", Map.of(action, plugin, "csrf", token));
    }

    private static void expect(Page landed, String query) throws IOException {
        if (!String.valueOf(landed.uri().getQuery()).contains(query)) {
            throw new IOException("expected " + query + " but landed at " + landed.uri() + ": " + landed.body());
        }
    }

    private Page send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            return new Page(response.uri(), response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the console answered. */
    public record Page(URI uri, int status, String body) {
        private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>", Pattern.CASE_INSENSITIVE);
        private static final Pattern QUERY = Pattern.compile("[?&;]csrf=([^\"'&<>]+)");

        /** The value of the form field; the token "csrf" is also found in a form's address. */
        public String field(String name) {
            Matcher inputs = INPUT.matcher(body);
            while (inputs.find()) {
                if (name.equals(attribute(inputs.group(), "name"))) {
                    return attribute(inputs.group(), "value");
                }
            }
            Matcher query = QUERY.matcher(body);
            if (name.equals("csrf") && query.find()) {
                return query.group(1);
            }
            throw new IllegalStateException("no field " + name + " on " + uri + " (" + status + "): " + body);
        }

        private static String attribute(String tag, String name) {
            Matcher matcher = Pattern.compile("\\b" + name + "\\s*=\\s*[\"']([^\"']*)[\"']", Pattern.CASE_INSENSITIVE)
                    .matcher(tag);
            return matcher.find() ? matcher.group(1) : "";
        }
    }
}
