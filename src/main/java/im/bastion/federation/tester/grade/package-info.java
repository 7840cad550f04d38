// SPDX-License-Identifier: Apache-2.0
/** What is to be said of the facts of a test, and its grade. Pure. May import: federation.tester.fact, federation.tls, policy. */
package im.bastion.federation.tester.grade;
