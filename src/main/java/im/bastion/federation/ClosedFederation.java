// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import java.time.InstantSource;

/**
 * Stands in for the federation guard where it cannot run: while a rule is to be enforced that nobody can check, nothing
 * goes to other servers and nothing comes from them. Observing or off, it lets everything pass.
 */
public final class ClosedFederation implements Guard {
    /** What an admin is told beside the reason. */
    public static final String ADVICE =
            "While a federation rule is in enforce, no stanza passes to or from other servers."
                    + " To let them pass unchecked, set " + FederationSettings.MODE.key() + " to observe.";

    private static final Verdict REFUSED = Verdict.reject(new Refusal(
            new RuleId("federation.guard-unavailable"),
            "internal-server-error",
            "wait",
            "This server cannot check its federation policy at the moment, and sends nothing unchecked."));

    private final PolicyRows rows;

    public ClosedFederation(Settings settings, Policies policies, InstantSource clock) {
        this.rows = new PolicyRows(policies, settings, clock);
    }

    @Override
    public String name() {
        return "federation";
    }

    @Override
    public FailMode failMode() {
        return FailMode.CLOSED;
    }

    @Override
    public int interests(Point point) {
        boolean enforces =
                rows.ceiling() == Mode.ENFORCE && rows.rows().stream().anyMatch(row -> row.mode() == Mode.ENFORCE);
        return enforces ? Interest.TO_PEER | Interest.FROM_PEER : 0;
    }

    @Override
    public Verdict judge(Passage passage) {
        return REFUSED;
    }
}
