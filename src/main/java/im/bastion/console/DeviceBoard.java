// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.omemo.device.DeviceView;
import im.bastion.omemo.device.HealthPolicy.Problem;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.device.Removal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of an account's devices, and what can be done about them.
 *
 * @param removals what was taken away and can be put back, latest first
 */
public record DeviceBoard(String account, List<DeviceView> devices, List<Removal> removals) {
    /** Those that pruning would take off, were it done now. */
    public List<DeviceView> stale() {
        return devices.stream()
                .filter(view -> view.problems().contains(Problem.STALE) && !view.connected())
                .toList();
    }

    /** What can be done about the device, as the words of {@link DeviceAct}. */
    public List<String> acts(DeviceView view) {
        if (view.mark() == Mark.REVOKED) {
            return List.of("admit");
        }
        List<String> acts = new ArrayList<>();
        if (view.mark() == Mark.PENDING) {
            acts.add("keep");
        }
        acts.add("revoke");
        acts.add(view.mark() == Mark.HIDDEN ? "health" : "hide");
        if (view.mark() == Mark.SHOWN) {
            acts.add("health");
        } else if (view.hidden()) {
            acts.add("show");
        }
        return acts;
    }

    /** The keys of the words for how it is. */
    public List<String> states(DeviceView view) {
        List<String> states = new ArrayList<>();
        if (view.mark() != null) {
            states.add("bastion.device.mark." + word(view.mark()));
        }
        if (view.hidden() && view.mark() != Mark.HIDDEN) {
            states.add("bastion.device.hidden");
        }
        if (!view.device().listed() && view.mark() != Mark.REVOKED) {
            states.add("bastion.device.unlisted");
        }
        view.problems().stream().sorted().forEach(problem -> states.add("bastion.device.problem." + word(problem)));
        if (view.connected()) {
            states.add("bastion.device.connected");
        }
        return states.isEmpty() ? List.of("bastion.device.well") : states;
    }

    /** Whether somebody should look at it. */
    public String icon(DeviceView view) {
        if (view.problems().contains(Problem.UNUSABLE) || view.problems().contains(Problem.ORPHAN)) {
            return "failed";
        }
        return view.hidden() || !view.problems().isEmpty() ? "degraded" : "ok";
    }

    /** A time of the device. */
    public Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
