from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest

API = "https://public-api.wordpress.com"


class WordPressAdapter(OAuth2Adapter):
    provider_id = "wordpress"
    authorize_url = f"{API}/oauth2/authorize"
    access_token_url = f"{API}/oauth2/token"
    profile_url = f"{API}/rest/v1.1/me"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {token.token}"})
            answer.raise_for_status()
        return self.get_provider().sociallogin_from_response(request, answer.json())


oauth2_login = OAuth2LoginView.adapter_view(WordPressAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WordPressAdapter)
