// SPDX-License-Identifier: Apache-2.0
package im.bastion.plugin;

import im.bastion.audit.AuditContext;
import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditLog;
import im.bastion.audit.AuditQuery;
import im.bastion.audit.PolicyJournal;
import im.bastion.audit.keylog.KeyFact;
import im.bastion.audit.keylog.KeyLog;
import im.bastion.audit.keylog.KeyLogContext;
import im.bastion.audit.keylog.PubSubBoard;
import im.bastion.calls.CallsFeature;
import im.bastion.calls.CallsServices;
import im.bastion.calls.CallsSettings;
import im.bastion.console.Console;
import im.bastion.console.ConsoleModel;
import im.bastion.console.GuardView;
import im.bastion.encryption.EncryptionFeature;
import im.bastion.encryption.EncryptionServices;
import im.bastion.encryption.EncryptionSettings;
import im.bastion.federation.ClosedFederation;
import im.bastion.federation.FederationFeature;
import im.bastion.federation.FederationServices;
import im.bastion.federation.FederationSettings;
import im.bastion.gate.Gate;
import im.bastion.gate.Guard;
import im.bastion.host.Capability;
import im.bastion.host.Host;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.ModerationFeature;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.ModerationSettings;
import im.bastion.omemo.OmemoFeature;
import im.bastion.omemo.OmemoServices;
import im.bastion.omemo.OmemoSettings;
import im.bastion.policy.KeyKeeper;
import im.bastion.policy.SignalledPeers;
import im.bastion.relay.RelayFeature;
import im.bastion.relay.RelayServices;
import im.bastion.relay.RelaySettings;
import im.bastion.settings.Settings;
import im.bastion.store.DatabaseWatch;
import im.bastion.store.PolicyRow;
import im.bastion.store.PolicyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole product, from bottom to top. A feature that cannot start leaves the others running and says so. */
public final class Bastion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bastion.class);
    private static final Duration DATABASE_LOOK = Duration.ofSeconds(5);
    private static final int LATEST_ENTRIES = 20;

    private final Parts parts = new Parts();
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Counters counters = new Counters();
    private final Health health = new Health(clock);
    private final Host host;
    private final Settings settings;
    private final AuditLog audit;
    private final PolicyStore policies;
    private final List<Guard> guards = new ArrayList<>();
    private Function<PolicyRow, String> moderationFault = row -> null;
    private FederationServices federation;
    private ModerationServices moderation;
    private EncryptionServices encryption;
    private KeyLog keyLog;
    private OmemoServices omemo;
    private KeyKeeper keyKeeper = ban -> {};
    private SignalledPeers signalled = SignalledPeers.NONE;
    private CallsServices calls;
    private RelayServices relay;

    /**
     * Builds and starts everything; {@link #close} undoes it in reverse.
     *
     * @param version Bastion's own, for the console
     */
    public Bastion(Host host, String version) {
        this.host = host;
        settings = parts.opened(new Settings(host.properties()));
        audit = parts.opened(
                new AuditLog(new AuditContext(host.database(), host.dataFolder(), health, counters, clock)));
        policies = new PolicyStore(host.database(), host.dataFolder(), new PolicyJournal(audit), health, clock);
        parts.opened(new DatabaseWatch(host.database(), health, DATABASE_LOOK, policies::refresh));
        start("moderation", this::moderation);
        start("omemo", this::omemo);
        start("encryption", this::encryption);
        start("calls", this::calls);
        start("relay", this::relay);
        start(
                "federation",
                this::federation,
                ClosedFederation.ADVICE,
                () -> guards.add(new ClosedFederation(settings, policies, clock)));
        parts.opened(
                host.traffic().watch(new Gate(host.domain(), host.rooms(), host.serverSessions(), guards, counters)));
        start("console", () -> parts.opened(console(version)).start());
        LOG.info("Bastion {} runs in {} for {}", version, host.product(), host.domain());
    }

    /** How each part is. */
    Health health() {
        return health;
    }

    @Override
    public void close() {
        parts.close();
    }

    private void start(String name, Runnable build) {
        start(name, build, "", () -> {});
    }

    /**
     * Starts a part, or what stands in for it.
     *
     * @param advice what the admin should know beside the reason
     */
    private void start(String name, Runnable build, String advice, Runnable otherwise) {
        Capability missing = host.capabilities().missingFor(name);
        if (missing != null) {
            health.failed(
                    name, "Off, because this server has no " + missing.detail() + " (" + missing.id() + "). " + advice);
            otherwise.run();
            return;
        }
        try {
            build.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} could not start; the rest of Bastion runs without it", name, e);
            health.failed(name, "Could not start: " + e.getMessage() + ". The server's log has the details. " + advice);
            otherwise.run();
        }
    }

    private void moderation() {
        ModerationFeature feature =
                parts.opened(new ModerationFeature(host, settings, policies, audit, counters, health, clock));
        guards.add(feature.guard());
        feature.start();
        moderationFault = feature::fault;
        moderation = feature.services();
    }

    private void omemo() {
        keyLog = parts.opened(new KeyLog(new KeyLogContext(
                host.database(),
                host.dataFolder(),
                host.domain() + "/omemo-keys",
                new PubSubBoard(host.pubSub()),
                audit,
                health,
                counters,
                clock)));
        parts.opened(host.users().onDeleted(jid -> keyLog.record(new KeyFact.Erased(jid.toBareJID()))));
        OmemoFeature feature = parts.opened(new OmemoFeature(host, settings, audit, keyLog, counters, health, clock));
        guards.add(feature.guard());
        feature.start();
        omemo = feature.services();
        keyKeeper = feature;
    }

    private void encryption() {
        EncryptionFeature feature =
                parts.opened(new EncryptionFeature(host, settings, policies, audit, counters, health, clock));
        guards.add(feature.guard());
        feature.tellOfBans(keyKeeper);
        feature.start();
        encryption = feature.services();
    }

    private void calls() {
        CallsFeature feature = parts.opened(new CallsFeature(host, settings, audit, counters, health, clock));
        guards.add(feature.guard());
        feature.start();
        signalled = feature;
        calls = feature.services();
    }

    private void relay() {
        RelayFeature feature = parts.opened(new RelayFeature(host, settings, audit, counters, health, clock));
        feature.ask(signalled);
        feature.start();
        relay = feature.services();
    }

    private void federation() {
        FederationFeature feature =
                parts.opened(new FederationFeature(host, settings, policies, audit, counters, health, clock));
        guards.add(feature.guard());
        feature.start();
        federation = feature.services();
    }

    private Console console(String version) {
        ConsoleModel model = new ConsoleModel(
                host,
                settings,
                policies,
                audit,
                this::latestAudit,
                health,
                counters,
                List.of(
                        new GuardView("moderation", ModerationSettings.MODE, moderationFault),
                        new GuardView("omemo", OmemoSettings.MODE),
                        new GuardView("encryption", EncryptionSettings.MODE, EncryptionFeature::fault),
                        new GuardView("calls", CallsSettings.MODE),
                        new GuardView("relay", RelaySettings.MODE),
                        new GuardView("federation", FederationSettings.MODE, this::federationFault)),
                federation,
                moderation,
                encryption,
                omemo,
                calls,
                relay,
                keyLog,
                clock,
                version);
        return new Console(model, getClass().getClassLoader());
    }

    private String federationFault(PolicyRow draft) {
        return federation == null ? null : federation.editor().fault(draft);
    }

    private List<AuditEntry> latestAudit() {
        try {
            return new AuditQuery(host.database()).latest(LATEST_ENTRIES);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("The audit log cannot be read", e));
        }
    }
}
