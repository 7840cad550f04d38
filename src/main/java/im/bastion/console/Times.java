// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as pages show them: always with the zone, which is the server's. */
public record Times(Instant now, ZoneId zone) {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ENGLISH);

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ENGLISH);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

    public Times {
        // "UTC" says more than the "Z" of an offset.
        zone = zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    }

    /** For example "2026-11-22 14:03:09 UTC". */
    public String shown(Instant instant) {
        return SHOWN.format(instant.atZone(zone));
    }

    /** For example "2026-11-22", the day in the server's zone. */
    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    /** The hour of the day in the server's zone, for example "14:00". */
    public String hour(Instant instant) {
        return HOUR.format(instant.atZone(zone));
    }

    /** Month and day in the server's zone, for example "11-22". */
    public String monthDay(Instant instant) {
        return MONTH_DAY.format(instant.atZone(zone));
    }

    /** The zone as it stands behind times, for example "UTC". */
    public String zoneName() {
        return ZONE.format(now.atZone(zone));
    }

    /** The whole days from now until then; negative when it is past. */
    public long daysUntil(Instant instant) {
        return Math.floorDiv(
                Duration.between(now, instant).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
