// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import im.bastion.e2e.server.console.ConsoleModel;
import im.bastion.e2e.server.console.Csrf;
import im.bastion.e2e.server.console.Frame;
import im.bastion.e2e.server.console.FrameFilter;
import im.bastion.e2e.server.console.Html;
import im.bastion.e2e.server.console.HtmlCapture;
import im.bastion.e2e.server.console.LoginPage;
import im.bastion.e2e.server.console.PluginsPage;
import im.bastion.e2e.server.console.StartPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the web application that stands in for 4.2.0's own console. */
final class ConsoleShell {
    private static final String RESOURCES = "/openfire-4.2.0/console/";
    private static final List<Class<?>> CLASSES = List.of(
            ConsoleModel.class,
            Csrf.class,
            Frame.class,
            FrameFilter.class,
            Html.class,
            HtmlCapture.class,
            LoginPage.class,
            PluginsPage.class,
            StartPage.class);

    private ConsoleShell() {}

    static void write(Path webapp) throws IOException {
        Path inf = webapp.resolve("WEB-INF");
        Files.createDirectories(inf);
        copy("web.xml", inf);
        copy("style.css", webapp);
        for (Class<?> type : CLASSES) {
            Home.copyClass(type, inf.resolve("classes"));
        }
    }

    private static void copy(String name, Path folder) throws IOException {
        try (InputStream in = ConsoleShell.class.getResourceAsStream(RESOURCES + name)) {
            Files.copy(in, folder.resolve(name));
        }
    }
}
