// SPDX-License-Identifier: Apache-2.0
/** OMEMO against a real server. */
package im.bastion.e2e.omemo;
