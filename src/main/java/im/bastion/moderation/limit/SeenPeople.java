// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.moderation.event.Acquaintances;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.text.Fingerprint;
import im.bastion.store.PolicyBody;
import im.bastion.store.RecordPages;
import im.bastion.store.Records;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Remembers since when people have been seen in rooms: {@value #PLACES} of them in 4 MiB. Who has said something a few
 * times is kept in the database too, for half a year after the last time. A place is only taken from somebody who has said
 * less and came later, so a crowd of strangers never pushes out a regular. Until the database has been read everybody
 * counts as known: nobody is punished for our restart.
 */
public final class SeenPeople implements Acquaintances {
    /** How many people are remembered. */
    public static final int PLACES = 1 << 18;

    private static final Logger LOG = LoggerFactory.getLogger(SeenPeople.class);
    private static final String KIND = "seen";
    private static final int WAYS = 8;
    private static final int REGULAR = 3;
    private static final int MAX_COUNT = 1_000;
    private static final long KEEP_MILLIS = TimeUnit.DAYS.toMillis(180);
    private static final int MAX_LOADED = 100_000;
    private static final int KEY_DIGITS = 16;

    private final long[] who = new long[PLACES];
    private final int[] firstMinute = new int[PLACES];
    private final short[] count = new short[PLACES];
    private final Consumer<Records.Row> writer;
    private volatile boolean loaded;

    /** @param writer where what is to be kept is handed to; does not block */
    public SeenPeople(Consumer<Records.Row> writer) {
        this.writer = writer;
    }

    /** Reads who is known; waits for the database. Whatever happens, people are told apart from then on. */
    public void load(Records records) {
        try {
            int read = RecordPages.read(records, KIND, MAX_LOADED, this::take);
            LOG.debug("{} people of rooms are known", read);
        } catch (SQLException e) {
            LOG.warn("Who was in the rooms before could not be read; everybody counts as new: {}", e.getMessage());
        } finally {
            loaded = true;
        }
    }

    @Override
    public long knownForMillis(JID room, JID person, long nowMillis) {
        if (!loaded) {
            return Long.MAX_VALUE;
        }
        int place = find(key(room, person));
        return place < 0 ? 0 : Math.max(0, nowMillis - TimeUnit.MINUTES.toMillis(firstMinute[place]));
    }

    /** Somebody did something that was let through. */
    public void seen(RoomEvent event) {
        long key = key(event.room(), event.sender().asBareJID());
        int now = (int) TimeUnit.MILLISECONDS.toMinutes(event.atMillis());
        int place = find(key);
        if (place < 0) {
            place = place(key);
            if (place < 0) {
                return;
            }
            who[place] = key;
            count[place] = 0;
            firstMinute[place] = now;
        }
        // A clock that was ahead and is set right must not leave people new until it is there again.
        firstMinute[place] = Math.min(firstMinute[place], now);
        if (event.isSaid() && count[place] < MAX_COUNT) {
            count[place]++;
            if (count[place] == REGULAR || count[place] % 100 == 0) {
                keep(key, place, event.atMillis());
            }
        }
    }

    private void keep(long key, int place, long now) {
        String body = "{\"first\":" + firstMinute[place] + ",\"count\":" + count[place] + "}";
        writer.accept(new Records.Row(KIND, HexFormat.of().toHexDigits(key), "", now, now + KEEP_MILLIS, body));
    }

    private void take(Records.Row row) {
        if (row.id().length() != KEY_DIGITS) {
            return;
        }
        long key = HexFormat.fromHexDigitsToLong(row.id());
        int place = find(key) >= 0 ? find(key) : place(key);
        if (place >= 0) {
            var body = PolicyBody.parse(row.body());
            who[place] = key;
            firstMinute[place] = body.get("first").getAsInt();
            count[place] = body.get("count").getAsShort();
        }
    }

    private int find(long key) {
        int begin = begin(key);
        for (int i = begin; i < begin + WAYS; i++) {
            if (who[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** A free place, or that of who has said least and came last, unless that is a regular; -1 for none. */
    private int place(long key) {
        int begin = begin(key);
        int least = begin;
        for (int i = begin; i < begin + WAYS; i++) {
            if (who[i] == 0) {
                return i;
            }
            boolean less = count[i] < count[least] || (count[i] == count[least] && firstMinute[i] > firstMinute[least]);
            least = less ? i : least;
        }
        return count[least] >= REGULAR ? -1 : least;
    }

    private static int begin(long key) {
        return (int) (Fingerprint.mixed(key) & (PLACES / WAYS - 1)) * WAYS;
    }

    private static long key(JID room, JID person) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((room.toBareJID() + '\0' + person.toBareJID()).getBytes(UTF_8));
            long key = ByteBuffer.wrap(hash).getLong();
            return key == 0 ? 1 : key;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
