// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.message.MessageReader;
import im.bastion.encryption.message.Shown;
import im.bastion.host.StanzaXml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.dom4j.Element;

/** Messages as they are on the wire. */
public final class Sample {
    /** A message key of a length that Signal messages have. */
    public static final String KEY = base64(66);

    public static final String NOTICE =
            "I sent you an OMEMO encrypted message but your client doesn\u2019t seem to support"
                    + " that. Find more information on https://conversations.im/omemo";
    public static final String EME = "<encryption xmlns='urn:xmpp:eme:0' namespace='%s'/>";
    public static final String LEGACY = "eu.siacs.conversations.axolotl";
    public static final String OMEMO_2 = "urn:xmpp:omemo:2";

    private Sample() {}

    /** Legacy OMEMO for two devices. */
    public static String legacy() {
        return "<encrypted xmlns='%s'><header sid='27183'><key rid='31415' prekey='true'>%s</key><key rid='12321'>%s</key><iv>%s</iv></header><payload>%s</payload></encrypted>"
                .formatted(LEGACY, KEY, KEY, base64(12), base64(40));
    }

    /** OMEMO of the generation of that namespace, for a device of each of two people. */
    public static String omemo(String namespace) {
        return "<encrypted xmlns='%s'><header sid='27183'><keys jid='juliet@home.example'><key rid='31415' kex='true'>%s</key></keys><keys jid='romeo@home.example'><key rid='1'>%s</key></keys></header><payload>%s</payload></encrypted>"
                .formatted(namespace, KEY, KEY, base64(80));
    }

    /** OMEMO 2. */
    public static String omemo2() {
        return omemo(OMEMO_2);
    }

    /** Keys alone. */
    public static String keyTransport() {
        return legacy().replaceAll("<payload>.*</payload>", "");
    }

    /** XEP-0373 with the OpenPGP message of that vector. */
    public static String ox(String vector) {
        return "<openpgp xmlns='urn:xmpp:openpgp:0'>" + vector(vector) + "</openpgp>";
    }

    /** XEP-0027 with the OpenPGP message of that vector. */
    public static String pgp(String vector) {
        return "<x xmlns='jabber:x:encrypted'>" + vector(vector) + "</x>";
    }

    /** The body that an OTR data message is. */
    public static String otr() {
        byte[] bytes = new byte[90];
        bytes[1] = 3;
        bytes[2] = 3;
        return "?OTR:" + Base64.getEncoder().encodeToString(bytes) + ".";
    }

    public static String body(String text) {
        return "<body>" + text + "</body>";
    }

    /** A chat message with these children. */
    public static Element message(String children) {
        return message("chat", children);
    }

    public static Element message(String type, String children) {
        return StanzaXml.parse("<message type='" + type + "' id='m1'>" + children + "</message>");
    }

    /** What a chat message with these children shows. */
    public static Shown shown(String children) {
        return MessageReader.read(message(children));
    }

    /** Base64 of so many bytes. */
    public static String base64(int bytes) {
        byte[] some = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            some[i] = (byte) (i * 37 + 51);
        }
        return Base64.getEncoder().encodeToString(some);
    }

    public static String vector(String name) {
        try {
            return Files.readString(
                    Path.of("src/test/resources/vectors/gnupg/" + name + ".base64"), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
