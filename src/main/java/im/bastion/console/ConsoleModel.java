// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditTrail;
import im.bastion.audit.keylog.KeyLog;
import im.bastion.calls.CallsServices;
import im.bastion.encryption.EncryptionServices;
import im.bastion.federation.FederationServices;
import im.bastion.host.Host;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.ModerationServices;
import im.bastion.omemo.OmemoServices;
import im.bastion.relay.RelayServices;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the pages read and where they report changes.
 *
 * @param audit takes the changes made here
 * @param latestAudit the newest entries, newest first; may throw when the database is down
 * @param guards in the order of the cards
 * @param federation what federation has and can do; null where it could not start
 * @param moderation what moderation has and can do; null where it could not start
 * @param encryption what there is to ask about the encryption policy; null where it could not start
 * @param omemo what the OMEMO guard has and can do; null where it could not start
 * @param calls the calls that go on; null where it could not start
 * @param relay what the relay has and can do; null where it could not start
 * @param keyLog null where it could not start
 * @param clock its zone is the one times are shown in
 * @param version Bastion's own
 */
public record ConsoleModel(
        Host host,
        Settings settings,
        Policies policies,
        AuditTrail audit,
        Supplier<List<AuditEntry>> latestAudit,
        Health health,
        Counters counters,
        List<GuardView> guards,
        FederationServices federation,
        ModerationServices moderation,
        EncryptionServices encryption,
        OmemoServices omemo,
        CallsServices calls,
        RelayServices relay,
        KeyLog keyLog,
        Clock clock,
        String version) {
    public ConsoleModel {
        guards = List.copyOf(guards);
    }

    /** The guard of that name, or null. */
    GuardView guard(String name) {
        return guards.stream().filter(g -> g.name().equals(name)).findFirst().orElse(null);
    }
}
