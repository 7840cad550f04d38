// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import java.util.List;

/** All rules, in the order in which they are checked and shown: the first violation is the one that is told. */
public final class FederationRules {
    private static final List<FederationRule> ALL =
            List.of(new EncryptedRule(), new TlsVersionRule(), new ValidCertificateRule());

    private FederationRules() {}

    public static List<FederationRule> all() {
        return ALL;
    }
}
