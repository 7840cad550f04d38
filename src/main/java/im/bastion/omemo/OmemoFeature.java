// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.AuditTrail;
import im.bastion.audit.keylog.KeyTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Pep;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.census.ReadinessCensus;
import im.bastion.omemo.device.DeviceChange;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.KeyExchanges;
import im.bastion.omemo.doctor.Doctor;
import im.bastion.omemo.doctor.KeysReader;
import im.bastion.policy.KeyBan;
import im.bastion.policy.KeyKeeper;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.RecordTable;
import im.bastion.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OMEMO that works: puts the guard together, announces what it makes possible, and follows the settings. */
public final class OmemoFeature implements KeyKeeper, AutoCloseable {
    private final Settings settings;
    private final Health health;
    private final PepFeatures features;
    private final Arrivals arrivals;
    private final NodeSweep sweep;
    private final ReadinessCensus census;
    private final OmemoGuard guard;
    private final DeviceParts devices;
    private final BannedPublishes bannedPublishes = new BannedPublishes();
    private final BannedLists bannedLists;
    private final OmemoServices services;
    private Subscription changes = () -> {};

    public OmemoFeature(
            Host host,
            Settings settings,
            AuditTrail audit,
            KeyTrail keys,
            Counters counters,
            Health health,
            Clock clock) {
        this(host, settings, audit, keys, counters, health, clock, new RecordTable(host.database()));
    }

    /** @param records where devices and decisions are kept */
    public OmemoFeature(
            Host host,
            Settings settings,
            AuditTrail audit,
            KeyTrail keys,
            Counters counters,
            Health health,
            Clock clock,
            Records records) {
        this.settings = settings;
        this.health = health;
        Pep pep = host.pep();
        AwaitedPublishes awaited = new AwaitedPublishes(clock);
        OmemoRecord record = new OmemoRecord(audit, counters, health, clock);
        SentEvents sent = new SentEvents(clock);
        Announcements announcements = new Announcements(host, sent);
        LoggedPublishes logged = new LoggedPublishes(keys, clock);
        devices = new DeviceParts(
                host, settings, audit, health, clock, records, new OwnPublishes(host, announcements, logged));
        bannedLists = new BannedLists(
                host, records, devices.keeper(), () -> settings.get(OmemoSettings.MODE) == Mode.ENFORCE, clock);
        List<PublishJudge> judges = new ArrayList<>();
        judges.add(bannedPublishes);
        judges.add(new CheckedPublishes(devices.book()::known, record));
        judges.addAll(devices.judges(record));
        List<KeptPublishListener> listeners = List.of(announcements, devices.listener(), logged);
        onDeviceChange(new LoggedDecisions(keys));
        NodeRepair repair = new NodeRepair(pep, record);
        KeysReader reader = new KeysReader(pep, host.users(), host.domain());
        features = new PepFeatures(host);
        arrivals = new Arrivals(host);
        sweep = new NodeSweep(
                new SweptPages(host), records, record, () -> settings.get(OmemoSettings.MAX_ITEMS), clock);
        census = new ReadinessCensus(host, records, clock);
        services = new OmemoServices(
                reader,
                new Doctor(reader, pep, host.rooms()),
                (owner, node) -> repair.repair(owner, node, settings.get(OmemoSettings.MAX_ITEMS)),
                sweep,
                census,
                devices.desk());
        guard = new OmemoGuard(List.of(
                new OwnerRequests(
                        new PublishRequests(pep, awaited, judges, record), new ConfigureRequests(pep, record)),
                new PublishAnswers(pep, awaited, listeners, record),
                new OwnerChanges(host, sent, List.of(devices.listener(), logged), record, clock),
                features,
                new EventCopies(host, sent, record),
                arrivals,
                devices.delivered(),
                devices.senders(),
                new KeyExchangeWatch(new KeyExchanges(devices.book()), record),
                devices.commands()));
    }

    @Override
    public void obey(KeyBan ban) {
        bannedPublishes.obey(ban);
        bannedLists.obey(ban);
    }

    /** What the console and others may ask and do about devices. */
    public DeviceDesk devices() {
        return devices.desk();
    }

    /** From now on told of every change of a list or of keys, in order, on a thread of this guard's. */
    public void onDeviceChange(DeviceChange.Listener listener) {
        devices.book().onChange(listener);
    }

    /** What the console can ask for. */
    public OmemoServices services() {
        return services;
    }

    /** Waits until what was published has been noted and written down; false when that takes longer. For tests. */
    boolean settle(Duration patience) throws InterruptedException {
        return devices.book().settle(patience);
    }

    /** The sweep over nodes from before, for the console. */
    public NodeSweep sweep() {
        return sweep;
    }

    /** For the gate; asks for nothing before {@link #start} and after {@link #close}. */
    public Guard guard() {
        return guard;
    }

    public void start() {
        devices.start();
        apply();
        changes = settings.onChange(setting -> {
            if (OmemoSettings.ALL.contains(setting)) {
                apply();
            }
        });
        health.ok(OmemoRecord.PART);
        sweep.resume();
        census.start();
    }

    @Override
    public void close() {
        changes.close();
        bannedLists.close();
        sweep.close();
        census.close();
        put(Mode.OFF);
        arrivals.close();
        devices.close();
    }

    private void apply() {
        put(settings.get(OmemoSettings.MODE));
    }

    private synchronized void put(Mode mode) {
        features.announce(mode == Mode.ENFORCE);
        devices.book().grace(settings.get(OmemoSettings.ORPHAN_GRACE));
        guard.apply(new OmemoPolicy(
                mode,
                settings.get(OmemoSettings.MAX_ITEMS),
                settings.get(OmemoSettings.STRICT),
                settings.get(OmemoSettings.DURABLE),
                settings.get(OmemoSettings.MAX_DEVICES),
                settings.get(OmemoSettings.APPROVE_DEVICES),
                mode != Mode.OFF && settings.get(OmemoSettings.WATCH_EXCHANGES)));
    }
}
