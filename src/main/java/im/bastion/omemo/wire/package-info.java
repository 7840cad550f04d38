// SPDX-License-Identifier: Apache-2.0
/**
 * OMEMO's nodes, device lists and bundles as values (XEP-0384), with limits. No I/O, no clock. May import: omemo.curve,
 * the JDK, org.dom4j.
 */
package im.bastion.omemo.wire;
