// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.Host;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.xmpp.packet.JID;

/**
 * Tells the account's other sessions of a new device: "Was this you?". A session that is not connected then is told when
 * it next learns of the list, for a week, as long as the server is not restarted. Of at most {@link #MAX_WAITING} accounts.
 */
public final class NewDevices implements DeviceChange.Listener {
    /** How many accounts can have something to be told. */
    public static final int MAX_WAITING = 10_000;

    private static final long TOLD_FOR_MILLIS = Duration.ofDays(7).toMillis();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Something to be told.
     *
     * @param told the sessions that know, the one that added the device among them
     */
    private record Notice(int device, String text, long at, Set<JID> told) {}

    private final Host host;
    private final OwnerMessages messages;
    private final DeviceBook book;
    private final Clock clock;
    private final BooleanSupplier wanted;
    private final Map<JID, Notice> notices = new ConcurrentHashMap<>();

    /** @param wanted whether people are to be told at all */
    public NewDevices(Host host, DeviceBook book, Clock clock, BooleanSupplier wanted) {
        this.host = host;
        this.messages = new OwnerMessages(host);
        this.book = book;
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void changed(DeviceChange change) {
        if (change.kind() != DeviceChange.Kind.LISTED || !wanted.getAsBoolean()) {
            return;
        }
        Account account = book.peek(change.owner());
        Device device = account == null ? null : account.device(change.device());
        boolean isNew = device != null && isFirstListing(device, change);
        boolean isFirst = account == null
                || account.devices().values().stream()
                        .noneMatch(
                                other -> other.id() != change.device() && other.firstSeenAt() < device.firstSeenAt());
        if (!isNew || isFirst || notices.size() >= MAX_WAITING) {
            return;
        }
        Set<JID> told = ConcurrentHashMap.newKeySet();
        if (!change.actor().isEmpty()) {
            told.add(new JID(change.actor()));
        }
        boolean pending = book.marks().of(change.owner()).pending().contains(change.device());
        Notice notice = new Notice(change.device(), text(change, device, pending), clock.millis(), told);
        notices.put(change.owner(), notice);
        host.users().resources(change.owner()).forEach(session -> tell(session, notice));
    }

    /** Its bundle may have come before, and the other generation's list comes later. */
    private static boolean isFirstListing(Device device, DeviceChange change) {
        Device.Happening first = device.firstListing();
        return first != null && first.at() == change.at().toEpochMilli() && first.generation() == change.generation();
    }

    /** The session has learnt of its account's list. Never blocks; nearly always does nothing. */
    public void seen(JID session) {
        if (notices.isEmpty()) {
            return;
        }
        JID owner = session.asBareJID();
        Notice notice = notices.get(owner);
        if (notice == null) {
            return;
        }
        if (clock.millis() - notice.at() > TOLD_FOR_MILLIS) {
            notices.remove(owner, notice);
        } else {
            tell(session, notice);
        }
    }

    private void tell(JID session, Notice notice) {
        if (!notice.told().add(session)) {
            return;
        }
        messages.tell(session, notice.text());
    }

    private String text(DeviceChange change, Device device, boolean pending) {
        String name = device.label().isEmpty() ? "" : " \"" + device.label() + "\"";
        String from = change.actor().isEmpty() ? "" : ", added by " + new JID(change.actor()).getResource();
        return "A new device" + name + " can read your encrypted messages" + (pending ? " once you keep it" : "")
                + ": id "
                + change.device() + from + ", " + TIME.format(change.at()) + ". Was this you? "
                + (pending ? "Keep or revoke it" : "If not, revoke it") + " with the commands of " + host.domain()
                + " (Keep a device, Revoke a device).";
    }
}
