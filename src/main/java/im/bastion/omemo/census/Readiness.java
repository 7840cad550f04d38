// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.census;

import com.google.gson.JsonObject;
import im.bastion.store.PolicyBody;
import java.time.Instant;

/**
 * How it was on one day.
 *
 * @param at when it was counted
 * @param accounts of this server
 * @param readyAccounts those that publish, for everybody to read, a device list and keys of the same generation
 * @param rooms that are members-only and show their people's addresses, where alone clients offer OMEMO
 * @param readyRooms those of them all of whose members of this server are ready
 */
public record Readiness(Instant at, long accounts, long readyAccounts, long rooms, long readyRooms) {
    /** The ready accounts in percent; 0 where there are none. */
    public double accountShare() {
        return share(readyAccounts, accounts);
    }

    /** The ready rooms in percent; 0 where there are none. */
    public double roomShare() {
        return share(readyRooms, rooms);
    }

    String toBody() {
        JsonObject json = new JsonObject();
        json.addProperty("accounts", accounts);
        json.addProperty("readyAccounts", readyAccounts);
        json.addProperty("rooms", rooms);
        json.addProperty("readyRooms", readyRooms);
        return json.toString();
    }

    static Readiness of(long atMillis, String body) {
        JsonObject json = PolicyBody.parse(body);
        return new Readiness(
                Instant.ofEpochMilli(atMillis),
                json.get("accounts").getAsLong(),
                json.get("readyAccounts").getAsLong(),
                json.get("rooms").getAsLong(),
                json.get("readyRooms").getAsLong());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.min(100, 100.0 * part / whole);
    }
}
