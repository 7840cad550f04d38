// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditEvent;
import im.bastion.audit.keylog.HeadBoard;
import im.bastion.audit.keylog.KeyLog;
import im.bastion.audit.keylog.KeyLogContext;
import im.bastion.calls.CallsServices;
import im.bastion.calls.jingle.Call;
import im.bastion.encryption.EncryptionFeature;
import im.bastion.federation.CommitConfirmed;
import im.bastion.federation.FederationServices;
import im.bastion.federation.PeerSession;
import im.bastion.federation.PolicyEditor;
import im.bastion.federation.key.KeyRecords;
import im.bastion.federation.key.KeyWatch;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.report.FederationReport;
import im.bastion.federation.simulate.Simulator;
import im.bastion.federation.tester.PeerTests;
import im.bastion.federation.tester.TestStore;
import im.bastion.federation.tester.dns.RootAnchors;
import im.bastion.federation.tester.posh.PoshFetch;
import im.bastion.host.Database.Dialect;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.ModerationFeature;
import im.bastion.moderation.book.RuleTypes;
import im.bastion.omemo.OmemoFeature;
import im.bastion.policy.Mode;
import im.bastion.relay.RelayFeature;
import im.bastion.settings.Setting;
import im.bastion.settings.Settings;
import im.bastion.store.DatabaseServer;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import im.bastion.store.TestDatabase;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpServlet;

/** A console in a server in memory, with everything a test can arrange. */
final class Stage implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T14:03:09Z");
    static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    final MemoryHost host = new MemoryHost();
    final Settings settings = new Settings(host.properties());
    final MemoryPolicies policies = new MemoryPolicies();
    final List<AuditEvent> recorded = new ArrayList<>();
    final List<AuditEntry> log = new ArrayList<>();
    final List<PeerSession> peers = new ArrayList<>();
    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final Health health = new Health(clock);
    final Counters counters = new Counters();
    final Setting<Mode> federationMode = mode("federation");
    final PolicyEditor editor = new PolicyEditor(policies, domain -> domain.equals(MemoryHost.DOMAIN));
    final MemoryRecords records = new MemoryRecords();
    final RecordWriter writer = new RecordWriter(records, health, clock);
    final HistoryStore store = new HistoryStore(records, writer, "0badcafe", () -> Duration.ofDays(30));
    final PeerTraffic traffic = new PeerTraffic();
    final KeyWatch keys = new KeyWatch(
            new KeyRecords(records, writer, () -> Duration.ofDays(365)),
            host.serverSessions(),
            recorded::add,
            counters,
            health,
            clock);
    final PeerHistory history = new PeerHistory(store, traffic, host.serverSessions()::isLocal, keys::begun, clock);
    final Simulator simulator =
            new Simulator(() -> FederationPolicy.EMPTY, store, history::flush, host.serverSessions()::isLocal, clock);
    final FederationReport report = new FederationReport(store, () -> FederationPolicy.EMPTY, MemoryHost.DOMAIN, clock);
    final CommitConfirmed commits = new CommitConfirmed(policies, settings, recorded::add, health, clock);
    final TestStore reports = new TestStore(records, writer, () -> Duration.ofDays(90));
    /** Nobody answers there, so tests come to nothing soon. */
    final PeerTests tests =
            new PeerTests(host, reports, List::of, List::of, clock, RootAnchors.text(), PoshFetch.HTTPS_PORT);

    boolean databaseDown;
    final ModerationFeature moderation = new ModerationFeature(
            host, settings, policies, recorded::add, counters, health, clock, new MemoryRecords());
    final EncryptionFeature encryption = new EncryptionFeature(
            host, settings, policies, recorded::add, counters, health, clock, new MemoryRecords());
    final TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
    final KeyLog keyLog = new KeyLog(new KeyLogContext(
            database,
            host.dataFolder(),
            "home.example/omemo-keys",
            HeadBoard.NONE,
            recorded::add,
            health,
            counters,
            clock));
    final OmemoFeature omemo =
            new OmemoFeature(host, settings, recorded::add, keyLog, counters, health, clock, new MemoryRecords());
    final RelayFeature relay = new RelayFeature(host, settings, recorded::add, counters, health, Clock.systemUTC());
    /** The calls that go on. */
    final List<Call> live = new ArrayList<>();

    private final Console console;

    Stage() {
        List<GuardView> guards = List.of(
                new GuardView("moderation", mode("moderation"), RuleTypes::fault),
                new GuardView("omemo", mode("omemo")),
                new GuardView("encryption", mode("encryption"), EncryptionFeature::fault),
                new GuardView("calls", mode("calls")),
                new GuardView("relay", mode("relay")),
                new GuardView("federation", federationMode, editor::fault));
        console = new Console(
                new ConsoleModel(
                        host,
                        settings,
                        policies,
                        recorded::add,
                        this::latest,
                        health,
                        counters,
                        guards,
                        new FederationServices(
                                () -> peers, editor, history, store, keys, simulator, commits, report, tests),
                        moderation.services(),
                        encryption.services(),
                        omemo.services(),
                        new CallsServices(() -> live),
                        relay.services(),
                        keyLog,
                        clock,
                        "1.2.3"),
                words());
        console.start();
    }

    HttpServlet page(String name) {
        return host.adminConsole().page("bastion-" + name + ".jsp");
    }

    Mode mode() {
        return settings.get(federationMode);
    }

    @Override
    public void close() {
        console.close();
        simulator.close();
        tests.close();
        omemo.close();
        relay.close();
        keyLog.close();
        writer.close();
        moderation.close();
        encryption.close();
        settings.close();
        host.close();
    }

    static ClassLoader words() {
        try {
            return new URLClassLoader(new URL[] {Path.of("i18n").toUri().toURL()}, null);
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private List<AuditEntry> latest() {
        if (databaseDown) {
            throw new IllegalStateException("no database");
        }
        return log;
    }

    private static Setting<Mode> mode(String guard) {
        return Setting.oneOf("plugin.bastion." + guard + ".mode", Mode.OBSERVE);
    }
}
