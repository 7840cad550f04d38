// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

/** Whether a certificate is for a domain. */
public enum NameMatch {
    /** One of its names is the domain's. */
    MATCHES,
    /** It has names, none of which is the domain's. */
    DIFFERS,
    /** It has no name that counts for a server, or there is no certificate. */
    NONE,
    /** Its names cannot be read, or there are more of them than anybody needs. */
    UNREADABLE
}
