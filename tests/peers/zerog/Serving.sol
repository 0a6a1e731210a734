// SPDX-License-Identifier: MIT
pragma solidity 0.8.21;

/// A small contract with the interface of 0G's serving contract of 2024 (docs/protocols/zerog-serving.md 4, profile A), written for
/// tests. Its rules are those of the local ledger: refunds that a settlement used up are reduced to nothing, and only genuine
/// requests of the trace's own user are paid.
contract Serving {
    struct Refund {
        uint256 index;
        uint256 amount;
        uint256 createdAt;
        bool processed;
    }
    struct Account {
        address user;
        address provider;
        uint256 nonce;
        uint256 balance;
        uint256 pendingRefund;
        Refund[] refunds;
    }
    struct Service {
        address provider;
        string name;
        string serviceType;
        string url;
        uint256 inputPrice;
        uint256 outputPrice;
        uint256 updatedAt;
    }
    struct Request {
        address userAddress;
        uint256 nonce;
        string serviceName;
        uint256 inputCount;
        uint256 previousOutputCount;
        bytes signature;
        uint256 createdAt;
    }
    struct RequestTrace {
        Request[] requests;
    }

    error AccountNotexists(address user, address provider);
    error InsufficientBalance(address user, address provider);
    error RefundInvalid(address user, address provider, uint256 index);
    error RefundProcessed(address user, address provider, uint256 index);
    error RefundLocked(address user, address provider, uint256 index);
    error ServiceNotexist(address provider, string name);
    error EmptyRequestTrace();
    error NonceUsed(uint256 index, uint256 minimum, uint256 given);
    error InvalidRequest(uint256 index);
    error ServiceUpdatedBeforeSettle(uint256 index, uint256 updatedAt, uint256 createdAt);
    error InsufficientBalanceWhenSettle(uint256 amount, uint256 balance);

    event BalanceUpdated(address indexed user, address indexed provider, uint256 amount, uint256 pendingRefund);
    event RefundRequested(address indexed user, address indexed provider, uint256 indexed index, uint256 timestamp);
    event ServiceUpdated(address indexed service, string indexed name, string serviceType, string url, uint256 inputPrice, uint256 outputPrice, uint256 updatedAt);
    event ServiceRemoved(address indexed service, string indexed name);

    uint256 private constant halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    uint256 public lockTime;
    address public owner;
    bool private initialized;
    bytes32[] private accountKeys;
    mapping(bytes32 => Account) private accounts;
    mapping(bytes32 => bool) private hasAccount;
    Service[] private services;
    mapping(bytes32 => uint256) private servicePlace; // one more than the index

    function initialize(uint256 lockTime_, address owner_) external {
        require(!initialized, "Initializable: contract is already initialized");
        initialized = true;
        lockTime = lockTime_;
        owner = owner_;
    }

    function updateLockTime(uint256 lockTime_) external {
        require(msg.sender == owner, "Ownable: caller is not the owner");
        lockTime = lockTime_;
    }

    function depositFund(address provider) external payable {
        bytes32 key = keccak256(abi.encode(msg.sender, provider));
        Account storage account = accounts[key];
        if (!hasAccount[key]) {
            hasAccount[key] = true;
            accountKeys.push(key);
            account.user = msg.sender;
            account.provider = provider;
        }
        account.balance += msg.value;
        emit BalanceUpdated(msg.sender, provider, account.balance, account.pendingRefund);
    }

    function requestRefund(address provider, uint256 amount) external {
        Account storage account = find(msg.sender, provider);
        if (account.balance - account.pendingRefund < amount) revert InsufficientBalance(msg.sender, provider);
        uint256 index = account.refunds.length;
        account.refunds.push(Refund(index, amount, block.timestamp, false));
        account.pendingRefund += amount;
        emit RefundRequested(msg.sender, provider, index, block.timestamp);
    }

    function processRefund(address provider, uint256[] calldata indices) external {
        Account storage account = find(msg.sender, provider);
        uint256 paid;
        for (uint256 i; i < indices.length; i++) {
            if (indices[i] >= account.refunds.length) revert RefundInvalid(msg.sender, provider, indices[i]);
            Refund storage refund = account.refunds[indices[i]];
            if (refund.processed) revert RefundProcessed(msg.sender, provider, indices[i]);
            if (block.timestamp < refund.createdAt + lockTime) revert RefundLocked(msg.sender, provider, indices[i]);
            refund.processed = true;
            account.balance -= refund.amount;
            account.pendingRefund -= refund.amount;
            paid += refund.amount;
        }
        emit BalanceUpdated(msg.sender, provider, account.balance, account.pendingRefund);
        pay(msg.sender, paid);
    }

    function addOrUpdateService(string calldata name, string calldata serviceType, string calldata url, uint256 inputPrice, uint256 outputPrice) external {
        bytes32 key = keccak256(abi.encode(msg.sender, name));
        Service memory service = Service(msg.sender, name, serviceType, url, inputPrice, outputPrice, block.timestamp);
        if (servicePlace[key] == 0) {
            services.push(service);
            servicePlace[key] = services.length;
        } else {
            services[servicePlace[key] - 1] = service;
        }
        emit ServiceUpdated(msg.sender, name, serviceType, url, inputPrice, outputPrice, block.timestamp);
    }

    function removeService(string calldata name) external {
        bytes32 key = keccak256(abi.encode(msg.sender, name));
        uint256 place = servicePlace[key];
        if (place == 0) revert ServiceNotexist(msg.sender, name);
        if (place != services.length) {
            Service storage last = services[services.length - 1];
            servicePlace[keccak256(abi.encode(last.provider, last.name))] = place;
            services[place - 1] = last;
        }
        services.pop();
        delete servicePlace[key];
        emit ServiceRemoved(msg.sender, name);
    }

    function settleFees(RequestTrace[] calldata traces) external {
        uint256 paid;
        for (uint256 t; t < traces.length; t++) paid += settle(traces[t].requests);
        pay(msg.sender, paid);
    }

    function settle(Request[] calldata requests) private returns (uint256 fee) {
        if (requests.length == 0) revert EmptyRequestTrace();
        Account storage account = find(requests[0].userAddress, msg.sender);
        for (uint256 i; i < requests.length; i++) {
            Request calldata request = requests[i];
            if (request.nonce <= account.nonce) revert NonceUsed(i, account.nonce + 1, request.nonce);
            account.nonce = request.nonce;
            if (request.userAddress != account.user || !verify(request)) revert InvalidRequest(i);
            Service storage service = findService(msg.sender, request.serviceName);
            if (service.updatedAt >= request.createdAt) revert ServiceUpdatedBeforeSettle(i, service.updatedAt, request.createdAt);
            fee += request.inputCount * service.inputPrice + request.previousOutputCount * service.outputPrice;
        }
        if (account.balance < fee) revert InsufficientBalanceWhenSettle(fee, account.balance);
        uint256 available = account.balance - account.pendingRefund;
        if (fee > available) takeFromRefunds(account, fee - available);
        account.balance -= fee;
        emit BalanceUpdated(account.user, msg.sender, account.balance, account.pendingRefund);
    }

    function takeFromRefunds(Account storage account, uint256 amount) private {
        account.pendingRefund -= amount;
        for (uint256 i = account.refunds.length; i > 0 && amount > 0; i--) {
            Refund storage refund = account.refunds[i - 1];
            if (refund.processed) continue;
            uint256 taken = refund.amount < amount ? refund.amount : amount;
            refund.amount -= taken;
            amount -= taken;
        }
    }

    /// The caller is the provider.
    function verify(Request calldata request) public view returns (bool) {
        bytes32 inner = keccak256(abi.encodePacked(msg.sender, request.userAddress, request.serviceName, request.inputCount, request.previousOutputCount, request.nonce, request.createdAt));
        bytes32 digest = keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", inner));
        if (request.signature.length != 65 || request.userAddress == address(0)) return false;
        bytes32 r = bytes32(request.signature[0:32]);
        bytes32 s = bytes32(request.signature[32:64]);
        if (uint256(s) > halfOrder) return false;
        return ecrecover(digest, uint8(request.signature[64]), r, s) == request.userAddress;
    }

    function getAccount(address user, address provider) external view returns (Account memory) {
        return find(user, provider);
    }

    function getAllAccounts() external view returns (Account[] memory all) {
        all = new Account[](accountKeys.length);
        for (uint256 i; i < all.length; i++) all[i] = accounts[accountKeys[i]];
    }

    function getService(address provider, string calldata name) external view returns (Service memory) {
        return findService(provider, name);
    }

    function getAllServices() external view returns (Service[] memory) {
        return services;
    }

    function find(address user, address provider) private view returns (Account storage) {
        bytes32 key = keccak256(abi.encode(user, provider));
        if (!hasAccount[key]) revert AccountNotexists(user, provider);
        return accounts[key];
    }

    function findService(address provider, string calldata name) private view returns (Service storage) {
        uint256 place = servicePlace[keccak256(abi.encode(provider, name))];
        if (place == 0) revert ServiceNotexist(provider, name);
        return services[place - 1];
    }

    function pay(address to, uint256 amount) private {
        if (amount == 0) return;
        (bool done, ) = to.call{value: amount}("");
        require(done, "transfer failed");
    }
}
