// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.Finding.Kind;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;
import java.util.Set;

/**
 * One rule as an admin defined it. Immutable; sets of schemes are bits of {@link Scheme}.
 *
 * @param mode what the guard's own mode leaves of the rule's: OBSERVE or ENFORCE
 * @param except bare JIDs and domains; where one is at either end, the rule is not for the message
 * @param tolerated bits of {@link Leak} that it takes no notice of
 * @param warnsOnly whether it never refuses
 * @param grace until then it warns instead of refusing; {@link Instant#MIN} for none
 */
public record EncryptionRule(
        RuleId id,
        int version,
        Mode mode,
        Scope scope,
        Set<String> except,
        Stances stances,
        int tolerated,
        boolean warnsOnly,
        Instant grace) {
    public EncryptionRule {
        except = Set.copyOf(except);
    }

    /** What the rule says of each scheme; a scheme in none of the sets is as good as clear text. */
    public record Stances(int required, int preferred, int allowed, int forbidden) {
        /** Schemes a message may be of where encryption is required. */
        public int accepted() {
            return required | preferred | allowed;
        }

        /** The stance on that scheme; null when nothing is said of it. */
        public Stance of(Scheme scheme) {
            int bit = scheme.bit();
            if ((required & bit) != 0) {
                return Stance.REQUIRE;
            }
            if ((preferred & bit) != 0) {
                return Stance.PREFER;
            }
            if ((allowed & bit) != 0) {
                return Stance.ALLOW;
            }
            return (forbidden & bit) != 0 ? Stance.FORBID : null;
        }
    }

    /** How far it goes at that time. */
    public Stage stage(Instant now) {
        if (mode == Mode.OBSERVE) {
            return Stage.OBSERVE;
        }
        return warnsOnly || now.isBefore(grace) ? Stage.WARN : Stage.ENFORCE;
    }

    /** Whether the rule is not for messages between the two, in either direction. */
    boolean excepts(End one, End other) {
        return !except.isEmpty() && (excepts(one) || excepts(other));
    }

    private boolean excepts(End end) {
        return except.contains(end.address()) || except.contains(end.domain());
    }

    /** What it objects to in the message; null when nothing. */
    Finding judge(Shown shown, Instant now) {
        int forbidden = shown.used() & stances.forbidden();
        if (forbidden != 0) {
            return finding(Kind.FORBIDDEN, Scheme.first(forbidden), null, stage(now));
        }
        int readable = shown.blocking() & ~tolerated;
        if (stances.required() != 0) {
            Finding violation = violation(shown, readable, stage(now));
            if (violation != null) {
                return violation;
            }
        }
        return couldBeBetter(shown, readable)
                ? finding(Kind.NOT_PREFERRED, Scheme.first(shown.used()), Leak.first(readable), atMostWarn(now))
                : null;
    }

    private Finding violation(Shown shown, int readable, Stage stage) {
        if (readable != 0) {
            Kind kind = (shown.proven() | shown.negotiating()) == 0 ? Kind.CLEAR : Kind.LEAK;
            return finding(kind, Scheme.first(shown.used()), Leak.first(readable), stage);
        }
        if (shown.hollow() != 0) {
            return finding(Kind.HOLLOW, Scheme.first(shown.hollow()), null, stage);
        }
        int others = shown.used() & ~stances.accepted();
        return others == 0 ? null : finding(Kind.OTHER_SCHEME, Scheme.first(others), null, stage);
    }

    /** Where something is preferred: in clear, or encrypted with neither what is preferred nor what is allowed. */
    private boolean couldBeBetter(Shown shown, int readable) {
        if (stances.preferred() == 0) {
            return false;
        }
        int good = stances.preferred() | stances.allowed();
        return readable != 0 || shown.hollow() != 0 || (shown.proven() != 0 && (shown.proven() & good) == 0);
    }

    private Stage atMostWarn(Instant now) {
        return stage(now) == Stage.OBSERVE ? Stage.OBSERVE : Stage.WARN;
    }

    private Finding finding(Kind kind, Scheme scheme, Leak leak, Stage stage) {
        return new Finding(this, stage, kind, scheme, leak);
    }
}
