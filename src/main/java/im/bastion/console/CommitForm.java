// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.CommitConfirmed;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyMovedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A form whose change is undone after so many "minutes" unless it is confirmed, or that confirms or undoes such a change. */
record CommitForm(ConsoleModel model, Form form, Submitter by) {
    private static final Logger LOG = LoggerFactory.getLogger(CommitForm.class);

    /** What is asked of the commits. */
    @FunctionalInterface
    private interface Request {
        /** Whether it was done. */
        boolean send(CommitConfirmed commits) throws SQLException;
    }

    boolean isAsked() {
        return !form.text("minutes").isEmpty();
    }

    /** Makes the changes for so long. */
    Outcome begin(List<PolicyChange> changes) throws SQLException {
        return begin(changes, false);
    }

    /** Sets the guard to enforce for so long. */
    Outcome enforce() {
        try {
            return begin(List.of(), true);
        } catch (SQLException e) {
            return database(e);
        }
    }

    Outcome confirm() {
        return answer(commits -> commits.confirm(by.admin()), "confirmed");
    }

    Outcome undo() {
        return answer(commits -> commits.undo(by.admin()), "undone");
    }

    private Outcome begin(List<PolicyChange> changes, boolean guard) throws SQLException {
        int minutes = form.number("minutes");
        if (minutes < 1 || minutes > CommitConfirmed.LONGEST.toMinutes()) {
            return by.refuse(
                    HttpServletResponse.SC_BAD_REQUEST, "bastion.commit.minutes", CommitConfirmed.LONGEST.toMinutes());
        }
        if (changes.isEmpty() && !guard) {
            return new Outcome.Done(Notice.UNCHANGED);
        }
        try {
            if (!model.federation().commits().begin(changes, guard, Duration.ofMinutes(minutes), by.admin())) {
                return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.commit.another");
            }
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.commit.too-large");
        }
        log("changed, undone in " + minutes + " minutes unless confirmed");
        return new Outcome.Done(Notice.COMMIT_PENDING);
    }

    private Outcome answer(Request request, String word) {
        try {
            if (!request.send(model.federation().commits())) {
                return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.commit.none");
            }
            log(word);
            return new Outcome.Done(Notice.DONE);
        } catch (PolicyMovedException e) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.policy.moved");
        } catch (SQLException e) {
            return database(e);
        }
    }

    private Outcome database(SQLException e) {
        LOG.warn("The database did not take the change of the federation policy", e);
        return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.refused.database");
    }

    private void log(String what) {
        model.host().adminConsole().log(by.admin(), "Bastion: federation policy", what);
    }
}
