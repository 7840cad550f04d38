// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.jivesoftware.admin.AdminConsole;

/** The host's tabs, sidebars and items, without the pages that only its own web application has. */
public final class ConsoleModel {
    private static final Set<String> OWN_PAGES = Set.of("index.jsp", "plugin-admin.jsp");

    private ConsoleModel() {}

    /** The tabs that lead somewhere here. */
    public static List<Tab> tabs() {
        List<Tab> tabs = new ArrayList<>();
        for (Element tab : children(AdminConsole.getModel(), "tab")) {
            List<Sidebar> sidebars = new ArrayList<>();
            for (Element sidebar : children(tab, "sidebar")) {
                List<Item> items = items(sidebar);
                if (!items.isEmpty()) {
                    sidebars.add(new Sidebar(text(sidebar), items));
                }
            }
            if (!sidebars.isEmpty()) {
                tabs.add(new Tab(text(tab), sidebars));
            }
        }
        return tabs;
    }

    private static List<Item> items(Element sidebar) {
        List<Item> items = new ArrayList<>();
        for (Element item : children(sidebar, "item")) {
            String url = item.attributeValue("url");
            if (url != null && (url.startsWith("plugins/") || OWN_PAGES.contains(url))) {
                items.add(new Item(item.attributeValue("id"), text(item), url));
            }
        }
        return items;
    }

    private static String text(Element element) {
        return AdminConsole.getAdminText(element.attributeValue("name"), element.attributeValue("plugin"));
    }

    @SuppressWarnings("unchecked") // dom4j 2.0.0 knows no generics here
    private static List<Element> children(Element parent, String name) {
        return (List<Element>) (List<?>) parent.elements(name);
    }

    /** One page. */
    public record Item(String id, String name, String url) {}

    /** A group of pages. */
    public record Sidebar(String name, List<Item> items) {}

    /** A tab and what it leads to. */
    public record Tab(String name, List<Sidebar> sidebars) {
        /** The first of its pages. */
        String url() {
            return sidebars.get(0).items().get(0).url();
        }

        boolean has(String pageId) {
            return sidebars.stream()
                    .flatMap(sidebar -> sidebar.items().stream())
                    .anyMatch(item -> item.id().equals(pageId));
        }
    }
}
