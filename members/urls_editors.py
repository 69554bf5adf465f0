"""Addresses of people with rights: password, second factor. The names are allauth's, which looks for no namespace."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from members.gate import rights_required

# Only what we use of allauth: no sign-up, no change of address, no login by code.
urlpatterns = [
    path(_("mot-de-passe/connexion/"), account.login, name="account_login"),
    path(_("mot-de-passe/ferme/"), account.account_inactive, name="account_inactive"),
    path(_("mot-de-passe/confirmer/"), rights_required(account.reauthenticate), name="account_reauthenticate"),
    path(_("mot-de-passe/changer/"), rights_required(account.password_change), name="account_change_password"),
    # Where allauth sends an account that has no password yet: the same way as one that forgot it.
    path(
        _("mot-de-passe/premier/"),
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path(_("mot-de-passe/oublie/"), account.password_reset, name="account_reset_password"),
    path(_("mot-de-passe/oublie/envoye/"), account.password_reset_done, name="account_reset_password_done"),
    path(_("mot-de-passe/choisi/"), account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(_("double-verification/"), rights_required(mfa.index), name="mfa_index"),
    path(_("double-verification/connexion/"), mfa.authenticate, name="mfa_authenticate"),
    path(_("double-verification/confirmer/"), rights_required(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(_("double-verification/application/"), rights_required(totp.activate_totp), name="mfa_activate_totp"),
    path(
        _("double-verification/application/retirer/"), rights_required(totp.deactivate_totp), name="mfa_deactivate_totp"
    ),
    path(
        _("double-verification/codes/"), rights_required(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        _("double-verification/codes/refaire/"),
        rights_required(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("double-verification/codes/telecharger/"),
        rights_required(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
