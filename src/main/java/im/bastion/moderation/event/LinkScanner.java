// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds addresses in texts, also those that are dressed up: with invisible or full-width characters, a user part, a port,
 * percent signs, markup around them, or written without a scheme. Follows none. One pass over the text.
 */
public final class LinkScanner {
    /** At most this many addresses of one text are told. */
    public static final int MAX_LINKS = 64;

    private static final int MAX_TEXT = 2_048;
    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;
    private static final String BREAKS = "<>(){}\"'`|\\«»“”„‘’";
    private static final String TRIMMED = "*_~,;:!?.=+-[]";
    private static final Set<String> OPAQUE = Set.of("xmpp", "mailto", "magnet", "tel", "sms", "geo", "bitcoin");

    /** Endings by which a name without scheme, "www." and path is taken for an address: not those of files and programs. */
    private static final Set<String> ENDINGS = Set.of(
            "com", "net", "org", "info", "biz", "xyz", "top", "site", "online", "shop", "club", "app", "dev", "live",
            "icu", "vip", "work", "store", "click", "link", "chat", "xxx", "porn", "casino", "bet", "win", "loan", "ru",
            "su", "cn", "de", "uk", "fr", "nl", "es", "it", "pl", "cz", "br", "io", "me", "co", "tv", "gg", "ly", "ua",
            "eu", "us", "ca", "au", "ch", "at", "be", "se", "no", "fi", "dk", "jp", "kr", "tk", "ml", "ga", "cf", "gq",
            "im", "onion", "рф");

    private LinkScanner() {}

    /** The addresses in the text, each once, in their order. */
    public static List<Link> scan(String text) {
        if (!mayHold(text)) {
            return List.of();
        }
        List<Link> found = new ArrayList<>(2);
        int begin = 0;
        while (begin < text.length() && found.size() < MAX_LINKS) {
            int end = begin;
            while (end < text.length() && !isBreak(text.charAt(end))) {
                end++;
            }
            if (end - begin >= 4) {
                Link link = link(text.substring(begin, Math.min(end, begin + MAX_TEXT)));
                if (link != null && !found.contains(link)) {
                    found.add(link);
                }
            }
            begin = end + 1;
        }
        return found;
    }

    /** The address that the text is as a whole, or null: for what stands beside a body. */
    public static Link link(String text) {
        String token = trimmed(plain(text));
        int colon = token.indexOf(':');
        int scheme = token.indexOf("://");
        if (scheme > 0 && isScheme(token, scheme)) {
            return withAuthority(
                    text, token.substring(0, scheme).toLowerCase(Locale.ROOT), token.substring(scheme + 3));
        }
        if (colon > 0
                && isScheme(token, colon)
                && OPAQUE.contains(token.substring(0, colon).toLowerCase(Locale.ROOT))) {
            return opaque(text, token.substring(0, colon).toLowerCase(Locale.ROOT), token.substring(colon + 1));
        }
        return bare(text, token);
    }

    private static boolean mayHold(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == ':' || c == '。' || c == '．' || c == '｡' || c == '：') {
                return true;
            }
        }
        return false;
    }

    private static boolean isBreak(char c) {
        return c <= ' ' || Character.isWhitespace(c) || BREAKS.indexOf(c) >= 0;
    }

    /** Without invisible characters, with full-width ones made plain. */
    private static String plain(String text) {
        boolean ascii = text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (ascii) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> c == '。' ? '.' : c)
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static String trimmed(String token) {
        int begin = 0;
        int end = token.length();
        while (begin < end && TRIMMED.indexOf(token.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && TRIMMED.indexOf(token.charAt(end - 1)) >= 0) {
            end--;
        }
        return token.substring(begin, end);
    }

    private static boolean isScheme(String token, int length) {
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9') && c != '+' && c != '-')) {
                return false;
            }
        }
        return true;
    }

    private static Link withAuthority(String text, String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String host = host(rest.substring(0, end));
        return host.isEmpty() ? null : new Link(text, scheme, host);
    }

    private static Link opaque(String text, String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#;&".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.isEmpty() ? null : new Link(text, scheme, host(rest.substring(0, end)));
    }

    private static Link bare(String text, String token) {
        int end = 0;
        while (end < token.length() && "/?#".indexOf(token.charAt(end)) < 0) {
            end++;
        }
        String authority = token.substring(0, end);
        int dot = authority.lastIndexOf('.');
        if (dot <= 0 || authority.indexOf('@') >= 0) {
            return null;
        }
        String host = host(authority);
        if (host.isEmpty() || !isName(host)) {
            return null;
        }
        String ending = authority.substring(dot + 1).toLowerCase(Locale.ROOT);
        int port = ending.indexOf(':');
        ending = port < 0 ? ending : ending.substring(0, port);
        boolean certain = host.startsWith("www.") || ENDINGS.contains(ending);
        return certain ? new Link(text, "", host) : null;
    }

    /** The host of an authority (RFC 3986 §3.2), made comparable. */
    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return host.substring(1, end < 0 ? host.length() : end).toLowerCase(Locale.ROOT);
        }
        int port = host.lastIndexOf(':');
        host = decoded(port < 0 ? host : host.substring(0, port));
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.length() > MAX_HOST) {
            return "";
        }
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The latter for some malformed labels, a fault of the platform's.
            return host.toLowerCase(Locale.ROOT);
        }
    }

    private static String decoded(String host) {
        if (host.indexOf('%') < 0) {
            return host;
        }
        byte[] bytes = host.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' && i + 2 < bytes.length
                    ? Character.digit(bytes[i + 1], 16) * 16 + Character.digit(bytes[i + 2], 16)
                    : -1;
            boolean encoded = value > 0x20 && Character.digit(bytes[i + 2], 16) >= 0;
            plain[length++] = encoded ? (byte) value : bytes[i];
            i += encoded ? 2 : 0;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isName(String host) {
        int label = 0;
        boolean letter = false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
                letter |= c > '9';
                if (++label > MAX_LABEL) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return letter && label > 0;
    }
}
