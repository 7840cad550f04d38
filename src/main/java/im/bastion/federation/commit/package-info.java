// SPDX-License-Identifier: Apache-2.0
/** Changes of the policy that are undone unless somebody confirms them. Pure; the time is passed in. */
package im.bastion.federation.commit;
