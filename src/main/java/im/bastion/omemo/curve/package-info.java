// SPDX-License-Identifier: Apache-2.0
/** The arithmetic of OMEMO's keys and signatures (RFC 7748, RFC 8032, XEdDSA). May import: the JDK, BouncyCastle. */
package im.bastion.omemo.curve;
