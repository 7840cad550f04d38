// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyMovedException;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a new version of a rule, unless somebody else has since the form was shown. */
record RuleChange(ConsoleModel model, RuleId rule) {
    static final String ACTION = "rule";
    private static final Logger LOG = LoggerFactory.getLogger(RuleChange.class);

    /** Where a change goes. */
    @FunctionalInterface
    interface Sink {
        /** What became of it. */
        Outcome store(PolicyChange change) throws SQLException;
    }

    /** The rule as stored, or null. */
    PolicyRow current() {
        return model.policies().of(guard().name()).stream()
                .filter(row -> row.rule().equals(rule))
                .findFirst()
                .orElse(null);
    }

    /** @param shown the version the form was made from; 0 for none */
    Outcome apply(int shown, Mode mode, String body, Submitter by) {
        return apply(shown, mode, body, by, change -> {
            PolicyRow stored = model.policies().change(rule, mode, body, by.admin());
            model.host()
                    .adminConsole()
                    .log(by.admin(), "Bastion: rule " + rule, "version " + stored.version() + ", mode " + mode);
            return new Outcome.Done(Notice.POLICY_CHANGED);
        });
    }

    /** The same, stored by somebody else. */
    Outcome apply(int shown, Mode mode, String body, Submitter by, Sink sink) {
        PolicyRow current = current();
        int version = current == null ? 0 : current.version();
        if (version != shown) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.refused.rule-moved", version);
        }
        if (current != null && current.mode() == mode && current.body().equals(body)) {
            return new Outcome.Done(Notice.UNCHANGED);
        }
        String fault = guard().fault()
                .apply(new PolicyRow(
                        rule, version + 1, mode, body, by.admin(), model.clock().instant()));
        if (fault != null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", fault);
        }
        try {
            return sink.store(new PolicyChange(rule, version, mode, body));
        } catch (PolicyMovedException e) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.refused.rule-moved", version);
        } catch (SQLException e) {
            LOG.warn("The database did not take the new version of {}", rule, e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.refused.database");
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", e.getMessage());
        }
    }

    private GuardView guard() {
        String value = rule.value();
        return model.guard(value.substring(0, value.indexOf('.')));
    }
}
