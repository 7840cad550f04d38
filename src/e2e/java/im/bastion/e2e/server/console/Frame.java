// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.AuthToken;

/** Header, tabs and sidebar around a page, found by the page's id as in the host's own console. */
public final class Frame {
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private static final Pattern HEAD = Pattern.compile("(?is)<head[^>]*>(.*?)</head>");
    private static final Pattern BODY = Pattern.compile("(?is)<body[^>]*>(.*)</body>");
    private static final Pattern PAGE_ID =
            Pattern.compile("(?is)<meta\\s+name=[\"'](?:pageID|subPageID)[\"']\\s+content=[\"']([^\"']*)[\"']");

    private Frame() {}

    /** The whole document for a page written as a document of its own. */
    public static String around(HttpServletRequest request, String page) {
        String context = request.getContextPath() + "/";
        String title = first(TITLE, page, "");
        String pageId = first(PAGE_ID, page, "");
        List<ConsoleModel.Tab> tabs = ConsoleModel.tabs();
        StringBuilder out =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<title>Openfire Admin Console: ").append(title).append("</title>\n");
        out.append("<link rel=\"stylesheet\" href=\"").append(context).append("style.css\">\n");
        out.append(TITLE.matcher(first(HEAD, page, "")).replaceAll(""));
        out.append("\n</head>\n<body>\n<div id=\"header\">\n");
        brand(out, request, context);
        tabs(out, tabs, pageId, context);
        out.append("</div>\n<div id=\"main\">\n<div id=\"sidebar\">\n");
        tabs.stream().filter(tab -> tab.has(pageId)).findFirst().ifPresent(tab -> sidebars(out, tab, pageId, context));
        out.append("</div>\n<div id=\"content\">\n<h1>").append(title).append("</h1>\n");
        return out.append(first(BODY, page, page))
                .append("\n</div>\n</div>\n</body>\n</html>\n")
                .toString();
    }

    private static void brand(StringBuilder out, HttpServletRequest request, String context) {
        String version = XMPPServer.getInstance().getServerInfo().getVersion().getVersionString();
        AuthToken token = (AuthToken) request.getSession().getAttribute(LoginPage.TOKEN);
        out.append("<div id=\"brand\"><strong>Openfire</strong><div id=\"user\">Openfire ")
                .append(Html.escape(version))
                .append("<br>Logged in as <strong>")
                .append(Html.escape(token == null ? "" : token.getUsername()))
                .append("</strong> - <a href=\"")
                .append(context)
                .append("index.jsp?logout=true\">Logout</a></div></div>\n");
    }

    private static void tabs(StringBuilder out, List<ConsoleModel.Tab> tabs, String pageId, String context) {
        out.append("<ul id=\"tabs\">\n");
        for (ConsoleModel.Tab tab : tabs) {
            link(out, context + tab.url(), tab.name(), tab.has(pageId));
        }
        out.append("</ul>\n");
    }

    private static void sidebars(StringBuilder out, ConsoleModel.Tab tab, String pageId, String context) {
        for (ConsoleModel.Sidebar sidebar : tab.sidebars()) {
            out.append("<h3>").append(Html.escape(sidebar.name())).append("</h3>\n<ul>\n");
            for (ConsoleModel.Item item : sidebar.items()) {
                link(out, context + item.url(), item.name(), item.id().equals(pageId));
            }
            out.append("</ul>\n");
        }
    }

    private static void link(StringBuilder out, String url, String name, boolean current) {
        out.append("<li><a href=\"")
                .append(Html.escape(url))
                .append(current ? "\" class=\"current\">" : "\">")
                .append(Html.escape(name))
                .append("</a></li>\n");
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
