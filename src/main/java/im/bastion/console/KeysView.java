// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.doctor.AccountKeys;
import im.bastion.omemo.doctor.DeviceKeys;
import im.bastion.omemo.doctor.GenerationKeys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An account's devices and keys.
 *
 * @param account as it was typed; empty before anybody was asked for
 * @param keys null when nobody was asked for, or it cannot be read now
 * @param board what can be done about the devices; null when there is nothing to show
 * @param history what the key log has about the account, newest first; null when it cannot be read now
 */
public record KeysView(Frame frame, String account, AccountKeys keys, DeviceBoard board, List<KeyLog.Entry> history) {
    private static final int SHOWN = 100;

    /** The events that are shown, newest first. */
    public List<KeyLog.Entry> shown() {
        return history.stream().limit(SHOWN).toList();
    }

    /** How many further back are not. */
    public int older() {
        return Math.max(0, history.size() - SHOWN);
    }

    /** When the device was first logged; null when it was there before the log was. */
    public Instant firstSeen(GenerationKeys generation, DeviceKeys device) {
        Instant first = null;
        for (KeyLog.Entry entry : history == null ? List.<KeyLog.Entry>of() : history) {
            if (isAbout(entry, generation, device)) {
                first = entry.event().at();
            }
        }
        return first;
    }

    /** When something about the device was logged last; null when nothing was. */
    public Instant lastChange(GenerationKeys generation, DeviceKeys device) {
        return history == null
                ? null
                : history.stream()
                        .filter(entry -> isAbout(entry, generation, device))
                        .map(entry -> entry.event().at())
                        .findFirst()
                        .orElse(null);
    }

    /** The icon for the state of the device's bundle. */
    public String icon(DeviceKeys device) {
        if (device.judgement() == null) {
            return "failed";
        }
        return switch (device.judgement().usability()) {
            case OK -> "ok";
            case WARN -> "degraded";
            case UNUSABLE -> "failed";
        };
    }

    /** The first thing that the checks have to say about the bundle; empty when nothing. */
    public String remark(DeviceKeys device) {
        return device.judgement() == null || device.judgement().usability() == Judgement.Usability.OK
                ? ""
                : device.judgement().notes().get(0).finding().toString();
    }

    /** The key of the words for what happened. */
    public String word(KeyLog.Entry entry) {
        return "bastion.keys.event."
                + entry.event().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A fingerprint in eight groups, as clients show it. */
    public String grouped(String fingerprint) {
        return fingerprint.replaceAll("(.{8})(?=.)", "$1 ");
    }

    private static boolean isAbout(KeyLog.Entry entry, GenerationKeys generation, DeviceKeys device) {
        return entry.opening() != null
                && entry.opening().device() == device.id()
                && entry.opening().generation().equals(generation.generation().namespace());
    }
}
