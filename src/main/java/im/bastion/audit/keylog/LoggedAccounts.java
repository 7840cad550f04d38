// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the log says about each account, the {@link #CACHED} asked for last in memory and brought in step with what other
 * nodes have logged each time. For one thread.
 */
final class LoggedAccounts {
    /** Accounts kept in memory, with some hundred bytes for each of their devices. */
    static final int CACHED = 1_000;

    private static final class Account {
        final LoggedKeys keys = new LoggedKeys();
        final String subject;
        long next;

        Account(String subject) {
            this.subject = subject;
        }
    }

    private final StoredTree tree;
    private final Map<String, Account> accounts = new LinkedHashMap<>(CACHED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > CACHED;
        }
    };

    LoggedAccounts(StoredTree tree) {
        this.tree = tree;
    }

    /** The events that the fact amounts to; they count as logged from now on. */
    List<KeyEvent> changes(KeyFact fact) throws SQLException {
        LoggedKeys keys = inStep(fact.account()).keys;
        List<KeyEvent> changes = keys.changes(fact);
        changes.forEach(keys::apply);
        return changes;
    }

    private Account inStep(String name) throws SQLException {
        String subject = tree.subject(name);
        Account known = accounts.get(name);
        if (known == null || !known.subject.equals(subject)) {
            // Also an account that was erased: it begins anew, under another subject.
            known = new Account(subject);
            accounts.put(name, known);
        }
        for (LeafRow row : tree.of(subject, known.next)) {
            if (row.opening() != null && row.leaf() instanceof Leaf.Event event) {
                known.keys.apply(Opening.decode(row.opening()).event(event, name));
            }
            known.next = row.index() + 1;
        }
        return known;
    }
}
