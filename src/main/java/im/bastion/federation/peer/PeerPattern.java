// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.peer;

import im.bastion.federation.tls.DomainName;

/**
 * Remote domains as an admin writes them: {@code example.org} is that domain, {@code *.example.org} every domain one label
 * below it, {@code **.example.org} it and everything below, {@code *} everybody.
 *
 * @param name null for everybody
 */
public record PeerPattern(Kind kind, DomainName name) {
    /** From the most to the least specific, for one name. */
    public enum Kind {
        EXACT(""),
        ONE_BELOW("*."),
        SUBTREE("**."),
        EVERYBODY("*");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Everybody. */
    public static final PeerPattern ALL = new PeerPattern(Kind.EVERYBODY, null);

    /**
     * Reads a pattern; names may be written in any script.
     *
     * @throws IllegalArgumentException says what is allowed
     */
    public static PeerPattern of(String text) {
        if (text.equals(Kind.EVERYBODY.prefix)) {
            return ALL;
        }
        Kind kind = text.startsWith(Kind.SUBTREE.prefix)
                ? Kind.SUBTREE
                : text.startsWith(Kind.ONE_BELOW.prefix) ? Kind.ONE_BELOW : Kind.EXACT;
        try {
            return new PeerPattern(kind, DomainName.of(text.substring(kind.prefix.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a domain name, *.name (one label below), **.name (it and all below) or * (all)", e);
        }
    }

    /** One domain alone. */
    public static PeerPattern exactly(DomainName name) {
        return new PeerPattern(Kind.EXACT, name);
    }

    /** Whether the domain is meant. */
    public boolean matches(DomainName domain) {
        String ascii = domain.ascii();
        return switch (kind) {
            case EXACT -> domain.equals(name);
            case ONE_BELOW ->
                isBelow(ascii)
                        && ascii.indexOf('.') == ascii.length() - name.ascii().length() - 1;
            case SUBTREE -> domain.equals(name) || isBelow(ascii);
            case EVERYBODY -> true;
        };
    }

    /** Whether every domain that the other pattern means is meant by this one too. */
    public boolean covers(PeerPattern other) {
        return switch (kind) {
            case EVERYBODY -> true;
            case EXACT -> equals(other);
            case ONE_BELOW -> equals(other) || (other.kind == Kind.EXACT && matches(other.name));
            case SUBTREE -> other.name != null && matches(other.name);
        };
    }

    @Override
    public String toString() {
        return name == null ? kind.prefix : kind.prefix + name;
    }

    private boolean isBelow(String ascii) {
        return ascii.endsWith(name.ascii())
                && ascii.length() > name.ascii().length()
                && ascii.charAt(ascii.length() - name.ascii().length() - 1) == '.';
    }
}
