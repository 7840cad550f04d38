// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.rule.TlsFloorRule.Floor;
import java.util.List;

/** What every peer should offer, demanded by a policy or not (RFC 7590 §3). */
public final class FederationRules {
    private static final List<FederationRule> BASELINE =
            List.of(new EncryptedRule(), new TlsFloorRule(Floor.TLS_1_2), new ValidCertificateRule());

    private FederationRules() {}

    /** In the order in which they are checked and shown. */
    public static List<FederationRule> baseline() {
        return BASELINE;
    }
}
