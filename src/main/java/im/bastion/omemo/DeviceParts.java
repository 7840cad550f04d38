// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.AuditTrail;
import im.bastion.host.Host;
import im.bastion.metric.Health;
import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.HealthPolicy;
import im.bastion.omemo.device.ListKeeper;
import im.bastion.omemo.device.MarkBook;
import im.bastion.omemo.device.NewDevices;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.race.ListLedger;
import im.bastion.omemo.race.SeenDevices;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Everything that follows devices, put together. */
final class DeviceParts implements AutoCloseable {
    private final RecordWriter writer;
    private final MarkBook marks;
    private final DeviceBook book;
    private final DeviceDesk desk;
    private final ListKeeper keeper;
    private final NewDevices notices;
    private final SessionDevices sessions = new SessionDevices();
    private final ListLedger ledger;
    private final SeenDevices seen;
    private final DeviceCommands commands;
    private final Host host;

    DeviceParts(
            Host host,
            Settings settings,
            AuditTrail audit,
            Health health,
            Clock clock,
            Records records,
            ListKeeper.Publisher publisher) {
        this.host = host;
        writer = new RecordWriter(records, health, clock);
        marks = new MarkBook(writer);
        book = new DeviceBook(host.pep(), records, writer, marks, clock);
        ledger = new ListLedger(clock);
        seen = new SeenDevices(clock);
        keeper = new ListKeeper(host.pep(), book, ledger, publisher);
        desk = new DeviceDesk(
                new DeviceDesk.Parts(host, book, keeper, sessions, records, writer, audit, clock),
                () -> health(settings));
        notices = new NewDevices(host, book, clock, () -> settings.get(OmemoSettings.TELL_OF_DEVICES));
        commands = new DeviceCommands(host, desk, sessions);
        book.onChange(notices);
        book.onAiling((owner, generation) -> {
            if (settings.get(OmemoSettings.MODE) == Mode.ENFORCE) {
                keeper.tellAgain(owner, generation);
            }
        });
    }

    void start() {
        book.start();
    }

    DeviceBook book() {
        return book;
    }

    DeviceDesk desk() {
        return desk;
    }

    ListKeeper keeper() {
        return keeper;
    }

    /** What devices have to say to a publish, in this order. */
    List<PublishJudge> judges(OmemoRecord record) {
        return List.of(
                new RevokedPublishes(book, marks, sessions, record),
                new DeviceLimits(book, desk, record),
                new MergedLists(book, seen, sessions, ledger, record));
    }

    FollowedPublishes listener() {
        return new FollowedPublishes(book, sessions, keeper);
    }

    OmemoStep delivered() {
        return new DeliveredLists(host, book, marks, sessions, seen, notices);
    }

    OmemoStep commands() {
        return commands;
    }

    OmemoStep senders() {
        return new MessageSenders(book, sessions);
    }

    @Override
    public void close() {
        commands.close();
        book.close();
        writer.close();
    }

    private static HealthPolicy health(Settings settings) {
        int days = settings.get(OmemoSettings.STALE_DAYS);
        return new HealthPolicy(settings.get(OmemoSettings.ORPHAN_GRACE), days == 0 ? null : Duration.ofDays(days));
    }
}
