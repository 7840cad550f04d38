// SPDX-License-Identifier: Apache-2.0
/** Which keys peers are known by, and what to say when one changes or its protection becomes weaker. */
package im.bastion.federation.key;
