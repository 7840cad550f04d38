// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import im.bastion.store.PolicyBody;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A POSH file (RFC 7711 §3): the fingerprints of certificates, or the address of the file that has them. At most 64 KiB and
 * {@value #MAX_FINGERPRINTS} fingerprints.
 *
 * @param sha256 of certificates, as Base64 without space
 * @param sha512 of certificates, the same
 * @param reference where the fingerprints are; null when they are here
 */
public record PoshDocument(List<String> sha256, List<String> sha512, URI reference) {
    private static final int MAX_FINGERPRINTS = 100;

    public PoshDocument {
        sha256 = List.copyOf(sha256);
        sha512 = List.copyOf(sha512);
    }

    /** @throws IllegalArgumentException says what is wrong with it */
    public static PoshDocument read(String text) {
        JsonObject json = PolicyBody.parse(text);
        if (json.has("url")) {
            return new PoshDocument(List.of(), List.of(), address(json.get("url")));
        }
        if (!(json.get("fingerprints") instanceof JsonArray fingerprints)) {
            throw new IllegalArgumentException("has neither \"fingerprints\" nor \"url\"");
        }
        if (fingerprints.size() > MAX_FINGERPRINTS) {
            throw new IllegalArgumentException("has more than " + MAX_FINGERPRINTS + " fingerprints");
        }
        List<String> sha256 = new ArrayList<>();
        List<String> sha512 = new ArrayList<>();
        for (JsonElement fingerprint : fingerprints) {
            if (!(fingerprint instanceof JsonObject hashes)) {
                throw new IllegalArgumentException("has a fingerprint that is no object");
            }
            add(hashes, "sha-256", sha256);
            add(hashes, "sha-512", sha512);
        }
        return new PoshDocument(sha256, sha512, null);
    }

    /** An https address with a host and without an account in it. */
    public static URI address(String text) {
        try {
            URI address = new URI(text);
            if (!"https".equalsIgnoreCase(address.getScheme())
                    || address.getHost() == null
                    || address.getRawUserInfo() != null) {
                throw new IllegalArgumentException("leads to what is no https address");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("leads to what is no address", e);
        }
    }

    /** Whether one of the fingerprints is the certificate's; the end of a chain alone counts. */
    public boolean matches(X509Certificate leaf) {
        try {
            byte[] encoded = leaf.getEncoded();
            return sha256.contains(hash("SHA-256", encoded)) || sha512.contains(hash("SHA-512", encoded));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static URI address(JsonElement url) {
        if (!isText(url)) {
            throw new IllegalArgumentException("has a \"url\" that is no text");
        }
        return address(url.getAsString());
    }

    private static void add(JsonObject hashes, String algorithm, List<String> found) {
        JsonElement hash = hashes.get(algorithm);
        if (hash != null) {
            if (!isText(hash)) {
                throw new IllegalArgumentException("has a fingerprint that is no text");
            }
            found.add(hash.getAsString().strip());
        }
    }

    private static boolean isText(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static String hash(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    }
}
