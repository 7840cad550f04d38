// SPDX-License-Identifier: Apache-2.0
/** Each end-to-end-encryption scheme, known by what is on the wire. Pure. May import: org.dom4j. */
package im.bastion.encryption.scheme;
