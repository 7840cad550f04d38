// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;

import im.bastion.host.ServerCertificates;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.Signature;
import java.util.List;

/** What {@link ServerCertificates} promises. */
final class ServerCertificatesContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement(
                    "what the server presents is a key and the certificate for it", ServerCertificatesContract::pair),
            new Statement("there is a certificate for other servers", ServerCertificatesContract::forServers));

    private ServerCertificatesContract() {}

    private static void forServers(HostStage stage) {
        holds(
                "there is one",
                !stage.host().serverCertificates().presentedToServers().isEmpty());
    }

    private static void pair(HostStage stage) throws GeneralSecurityException {
        List<PrivateKeyEntry> presented = stage.host().serverCertificates().presented();
        holds("there is one", !presented.isEmpty());
        for (PrivateKeyEntry entry : presented) {
            String algorithm =
                    "SHA256with" + entry.getPrivateKey().getAlgorithm().replace("EC", "ECDSA");
            byte[] message = "who are you".getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(entry.getPrivateKey());
            signer.update(message);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(entry.getCertificate());
            verifier.update(message);
            holds("the certificate is for the key", verifier.verify(signature));
        }
    }
}
