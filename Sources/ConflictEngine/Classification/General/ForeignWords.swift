/// «It exists already» and «it is taken» in the languages most often met in answers besides English.
enum ForeignWords {
    private static let exists = [
        "ya existe", "ya está registrad", "já existe", "já cadastrad", "déjà existant", "existe déjà", "existe deja",
        "existiert bereits", "bereits vorhanden", "esiste già", "bestaat al", "已存在", "已经存在", "이미 존재", "既に存在",
        "すでに存在", "уже существует", "już istnieje", "zaten mevcut", "finns redan", "đã tồn tại",
    ]
    private static let taken = [
        "ya está en uso", "já está em uso", "déjà utilisé", "déjà pris", "bereits vergeben", "bereits verwendet",
        "già in uso", "al in gebruik", "уже используется", "уже занят", "已被使用", "이미 사용", "既に使用",
    ]
    private static let values = ["email", "e-mail", "correo", "usuario", "username", "名称", "имя", "логин", "이메일"]

    /// The kind that a foreign sentence shows under a conflict status.
    static func kind(_ text: SearchText) -> ConflictKind? {
        if text.holds(any: taken) { return .uniqueness }
        guard text.holds(any: exists) else { return nil }
        return text.holds(any: values) ? .uniqueness : .alreadyExists
    }
}
