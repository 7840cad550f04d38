// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Bastion's pages in the host's admin console. */
public final class Console implements AutoCloseable {
    private final ConsoleModel model;
    private final ClassLoader words;
    private final Deque<Subscription> served = new ArrayDeque<>();

    /** @param words where {@code bastion_i18n.properties} is found: the plugin's class loader */
    public Console(ConsoleModel model, ClassLoader words) {
        this.model = model;
        this.words = words;
    }

    /** Serves the pages. */
    public void start() {
        for (Page page : pages()) {
            served.push(model.host().adminConsole().serve(page.file(), page));
        }
        served.push(model.host().adminConsole().serve(KeyLogDownload.FILE, new KeyLogDownload(model)));
        served.push(model.host().adminConsole().serve(ReportDownload.FILE, new ReportDownload(model)));
        served.push(model.host().adminConsole().serve(RelayTestTicket.FILE, new RelayTestTicket(model)));
    }

    /** Takes the pages away. */
    @Override
    public void close() {
        while (!served.isEmpty()) {
            served.pop().close();
        }
    }

    private List<Page> pages() {
        Presentation presentation = new Presentation(new Templates(), new Texts.Library(words));
        return List.of(
                new OverviewPage(model, presentation),
                new ModerationPage(model, presentation),
                new RulesPage(model, presentation),
                new DeskPage(model, presentation),
                new RoomsPage(model, presentation),
                new RoomPage(model, presentation),
                new FeedPage(model, presentation),
                new CasePage(model, presentation),
                new SanctionsPage(model, presentation),
                new RetractionsPage(model, presentation),
                new ListsPage(model, presentation),
                new StatisticsPage(model, presentation),
                new EncryptionPage(model, presentation),
                new CallsPage(model, presentation),
                new RelayPage(model, presentation),
                new AllocationsPage(model, presentation),
                new OmemoPage(model, presentation),
                new KeysPage(model, presentation),
                new DoctorPage(model, presentation),
                new FederationPage(model, presentation),
                new PeersPage(model, presentation),
                new PeerTestPage(model, presentation),
                new AlertsPage(model, presentation),
                new PolicyPage(model, presentation));
    }
}
