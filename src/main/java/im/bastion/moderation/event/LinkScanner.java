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
    private static final int OVERLAP = 256;
    private static final int LEAST = 4;
    private static final int MAX_ADDRESS = 64;
    private static final String ADDRESS = "0123456789abcdef:.%";
    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;
    /** Beside full stops and colons: what looks like them. Every address has one of either. */
    private static final String MARKS = "\u2024\u3002\uFE52\uFE55\uFF0E\uFF1A\uFF61";

    private static final String BREAKS = "<>(){}\"'`|\\«»“”„‘’";
    private static final String TRIMMED = "*_~,;:!?.=+-";
    /** Longer ones first. */
    private static final List<String> USUAL = List.of("https", "http", "ftps", "sftp", "ftp", "aesgcm", "xmpp");

    private static final Set<String> OPAQUE = Set.of("xmpp", "mailto", "magnet", "tel", "sms", "geo", "bitcoin");

    /** Endings by which a name without scheme, "www." and path is taken for an address: not those of files and programs. */
    private static final Set<String> ENDINGS = Set.of(
            "com",
            "net",
            "org",
            "info",
            "biz",
            "xyz",
            "top",
            "site",
            "online",
            "shop",
            "club",
            "app",
            "dev",
            "live",
            "icu",
            "vip",
            "work",
            "store",
            "click",
            "link",
            "chat",
            "xxx",
            "porn",
            "casino",
            "bet",
            "win",
            "loan",
            "ru",
            "su",
            "cn",
            "de",
            "uk",
            "fr",
            "nl",
            "es",
            "it",
            "pl",
            "cz",
            "br",
            "io",
            "me",
            "co",
            "tv",
            "gg",
            "ly",
            "ua",
            "eu",
            "us",
            "ca",
            "au",
            "ch",
            "at",
            "be",
            "se",
            "no",
            "fi",
            "dk",
            "jp",
            "kr",
            "tk",
            "ml",
            "ga",
            "cf",
            "gq",
            "im",
            "onion",
            "xn--p1ai");

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
            boolean marked = false;
            while (end < text.length() && end - begin < MAX_TEXT && !isBreak(text, end)) {
                marked |= isMark(text.charAt(end++));
            }
            if (marked && end - begin >= LEAST) {
                addTo(found, text.substring(begin, end), end < text.length() && text.charAt(end) == '(');
            }
            // A longer run of signs is looked at in parts that overlap, so that no address is lost at a seam.
            begin = end - begin == MAX_TEXT ? end - OVERLAP : end + 1;
        }
        return found;
    }

    /** The address that the text is as a whole, or null: for what stands beside a body. */
    public static Link link(String text) {
        List<Link> found = new ArrayList<>(1);
        addTo(found, text.substring(0, Math.min(text.length(), MAX_TEXT)), false);
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Adds the addresses of a run of signs without space: the signs before a scheme are not part of it, because many
     * languages set no space there.
     */
    private static void addTo(List<Link> found, String run, boolean isCall) {
        String token = trimmed(plain(run));
        int authority = token.indexOf("://");
        if (authority < 0) {
            Link link = withoutAuthority(token, isCall);
            if (link != null && !found.contains(link)) {
                found.add(link);
            }
        }
        while (authority >= 0 && found.size() < MAX_LINKS) {
            int begin = schemeBefore(token, authority);
            Link link = begin == authority ? null : withAuthority(token, begin, authority);
            if (link != null && !found.contains(link)) {
                found.add(link);
            }
            authority = token.indexOf("://", authority + 3);
        }
    }

    private static Link withoutAuthority(String token, boolean isCall) {
        int colon = token.indexOf(':');
        int begin = colon < 0 ? 0 : schemeBefore(token, colon);
        if (begin < colon) {
            String scheme = token.substring(begin, colon).toLowerCase(Locale.ROOT);
            if (OPAQUE.contains(scheme)) {
                return opaque(token.substring(begin), scheme, token.substring(colon + 1));
            }
        }
        return isCall ? null : bare(token);
    }

    private static boolean mayHold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isMark(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(char c) {
        return c == '.' || c == ':' || (c > 0x2000 && MARKS.indexOf(c) >= 0);
    }

    private static boolean isBreak(String text, int index) {
        char c = text.charAt(index);
        if (c == '[' || c == ']') {
            return !isOfAddress(text, index);
        }
        return c <= ' ' || Character.isWhitespace(c) || BREAKS.indexOf(c) >= 0;
    }

    /** Whether the bracket is of an IPv6 address (RFC 3986 §3.2.2): behind "//" or a user part, or hexadecimal before it. */
    private static boolean isOfAddress(String text, int bracket) {
        if (text.charAt(bracket) == '[') {
            return bracket > 0 && (text.charAt(bracket - 1) == '/' || text.charAt(bracket - 1) == '@');
        }
        int i = bracket - 1;
        while (i >= 0 && bracket - i <= MAX_ADDRESS && ADDRESS.indexOf(Character.toLowerCase(text.charAt(i))) >= 0) {
            i--;
        }
        return i > 0 && text.charAt(i) == '[' && i < bracket - 1 && isOfAddress(text, i);
    }

    /** Where the scheme (RFC 3986 §3.1) before that place begins; a known one where letters run together. */
    private static int schemeBefore(String token, int end) {
        int begin = end;
        while (begin > 0 && isOfScheme(token.charAt(begin - 1))) {
            begin--;
        }
        while (begin < end && !isLetter(token.charAt(begin))) {
            begin++;
        }
        String scheme = token.substring(begin, end).toLowerCase(Locale.ROOT);
        for (String known : USUAL) {
            if (scheme.endsWith(known)) {
                return end - known.length();
            }
        }
        return begin;
    }

    /** Without invisible characters, with full-width ones made plain. */
    private static String plain(String text) {
        boolean ascii = true;
        for (int i = 0; ascii && i < text.length(); i++) {
            ascii = text.charAt(i) > ' ' && text.charAt(i) < 0x7F;
        }
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

    private static boolean isOfScheme(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static Link withAuthority(String token, int begin, int colon) {
        int end = colon + 3;
        while (end < token.length() && "/?#\\".indexOf(token.charAt(end)) < 0) {
            end++;
        }
        String host = host(token.substring(colon + 3, end));
        String scheme = token.substring(begin, colon).toLowerCase(Locale.ROOT);
        return host.isEmpty() ? null : new Link(token.substring(begin), scheme, host);
    }

    private static Link opaque(String text, String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#;&".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.isEmpty() ? null : new Link(text, scheme, host(rest.substring(0, end)));
    }

    private static Link bare(String token) {
        int end = 0;
        while (end < token.length() && "/?#".indexOf(token.charAt(end)) < 0) {
            end++;
        }
        String authority = token.substring(0, end);
        if (authority.indexOf('@') >= 0 || authority.indexOf('.') <= 0) {
            return null;
        }
        String host = host(authority);
        int dot = host.lastIndexOf('.');
        if (dot <= 0 || !isName(host)) {
            return null;
        }
        boolean certain = host.startsWith("www.") || ENDINGS.contains(host.substring(dot + 1));
        return certain ? new Link(token, "", host) : null;
    }

    /** The host of an authority (RFC 3986 §3.2), made comparable. */
    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? "" : host.substring(1, end).toLowerCase(Locale.ROOT);
        }
        int port = host.lastIndexOf(':');
        host = decoded(port < 0 ? host : host.substring(0, port));
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.length() > MAX_HOST) {
            return "";
        }
        if (isName(host)) {
            return host;
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
