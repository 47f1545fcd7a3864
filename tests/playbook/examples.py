"""Notes as the playbook has them, word for word."""

PLAYBOOK_EXAMPLE = """\
EXEC SUMMARY
- DESCRIBE THE CUSTOMER: Retail company with 20K users onboarding to M365 with a lot of media attention
- STATUS OF THE ENGAGEMENT: Fully Engaged
- M365 DEPLOYMENT PROGRESS: Not Deployed
- OVERVIEW OF CURRENT RELATIONSHIP WITH CUSTOMER/PARTNER/ACCOUNT TEAM: Engaged with Account Team, and customer has good Exec Sponsorship. We have weekly sync calls with the customer and partner assisting with their deployment plans.
- SNAPSHOT OF KEY WORKLOADS CURRENT STATUS AND NEXT ACTIONS:

   -  [EXO]  Exchange Online - Planning, updating firewall rules.
   -  [OLM]  Outlook Mobile - Reviewing their mobile strategy.
   -  [SPO]  SharePoint Online - Planning, but migration of existing data is a concern
   -  [OD]  OneDrive for Business - Planning, part of the Win10 upgrade
   -  [OPP]  Office ProPlus - Planning deployment. Currently testing on 10 users as a pilot group in IT.
   -  [AADP]  Azure Active Directory Premium - Setting up MFA and Conditional Access policies for test user group.

- REQUESTS FOR SUPPORT: Cx could benefit from engineering engagement considering the high-profile migration to the service."""  # noqa: E501 - word for word
"""The playbook's own example, without asterisks and trailing blanks, with a hyphen at OLM."""
